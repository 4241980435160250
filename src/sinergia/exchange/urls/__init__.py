"""Addresses of exchange."""
