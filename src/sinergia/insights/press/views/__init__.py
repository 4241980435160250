"""Pages of press notes."""
