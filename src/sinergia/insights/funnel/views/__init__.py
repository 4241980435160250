"""Pages of the way of applications."""
