"""Every change of grants."""
