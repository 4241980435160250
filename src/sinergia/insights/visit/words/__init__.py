"""A visit's papers in words."""
