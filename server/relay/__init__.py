"""From the journal to the people who have a connection on this worker."""
