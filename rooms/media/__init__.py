"""Sound and picture by our own peers: the only importer of aiortc."""
