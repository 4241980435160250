"""Feeds of other installations, page by page."""
