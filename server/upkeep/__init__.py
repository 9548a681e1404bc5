"""What whoever runs a server does beside running it: look whether all is well, back up, restore."""
