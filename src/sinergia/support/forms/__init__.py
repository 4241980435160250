"""Help: forms."""
