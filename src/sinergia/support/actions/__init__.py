"""Every change of help."""
