"""The port that all workers of one server share."""

import socket

SEND_BUFFER_BYTES = 64 * 1024
"""Of the kernel, for each connection: its own choice hides a browser that reads nothing for megabytes."""


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket on a port that several processes share; the kernel spreads connections evenly."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
    found.bind((host, port))
    return found
