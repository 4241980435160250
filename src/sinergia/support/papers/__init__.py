"""Help as files."""
