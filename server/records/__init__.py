"""SQL, and nothing but SQL: what must last. One module a subject."""
