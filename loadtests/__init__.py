"""What it costs and how long it takes, measured by hand; never a test."""
