"""Grants: forms."""
