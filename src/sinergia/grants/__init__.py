"""Grants: agreement, money, reports, changes, closing, results, people who join."""
