"""Scripted attendees with real sockets: cheap enough that ten thousand fit into one process."""
