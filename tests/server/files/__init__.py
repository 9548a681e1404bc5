"""Tests of files that people bring or take away."""
