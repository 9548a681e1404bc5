"""The demo event: simulated attendees that come in by the front door, and somebody who runs the evening."""
