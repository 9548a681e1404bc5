"""HTTP: one module a subject, each with its `routes`."""
