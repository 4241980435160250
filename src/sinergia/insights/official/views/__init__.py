"""Pages of an official."""
