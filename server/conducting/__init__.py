"""One writer an event: from orders to the journal."""
