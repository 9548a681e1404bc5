"""How good and how fast the matcher is, beside bounds and beside what others do."""
