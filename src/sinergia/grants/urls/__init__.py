"""Addresses of grants; each room of pages has its own file, gathered in `sinergia.web.urls`."""
