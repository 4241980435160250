"""Practices on paper."""
