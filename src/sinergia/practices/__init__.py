"""Practices: what works somewhere, told so that others can do it too."""
