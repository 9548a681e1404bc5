"""The scenarios of `./go load`: what is done to a running server, and which figures come of it."""
