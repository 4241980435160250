"""How applications are read."""
