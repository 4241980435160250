"""The way of applications in words."""
