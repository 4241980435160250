"""What the search page says of what was found."""
