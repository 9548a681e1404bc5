"""Making it happen: HTTP, WebSockets, Redis and SQL around the rules in `rooms`."""
