"""What is measured: one table, and the ways its numbers leave a process."""
