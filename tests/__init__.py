"""What proves that it works; folders mirror the code."""
