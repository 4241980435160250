"""Rows of files into typed rows."""
