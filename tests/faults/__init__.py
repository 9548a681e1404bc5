"""What breaks, broken on purpose: one file a row of the table in docs/reliability.md."""
