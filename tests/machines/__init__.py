"""Several machines on this one."""
