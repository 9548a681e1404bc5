"""Redis and nothing but Redis: what dies with the event."""
