"""Grants: views."""
