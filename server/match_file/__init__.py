"""Matching from a file or from lines: the format outside, the matcher inside."""
