"""Starting and stopping everything that makes up a server on one machine."""
