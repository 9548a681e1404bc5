"""One browser, one connection."""
