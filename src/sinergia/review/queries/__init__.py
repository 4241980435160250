"""Every look at tables of review."""
