"""Every change of review."""
