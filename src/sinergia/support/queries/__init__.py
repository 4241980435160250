"""Every look at tables of help."""
