"""Help: views."""
