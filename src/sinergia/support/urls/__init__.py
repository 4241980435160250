"""Addresses of help; each room of pages has its own file, gathered in `sinergia.web.urls`."""
