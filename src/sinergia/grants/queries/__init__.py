"""Every look at tables of grants."""
