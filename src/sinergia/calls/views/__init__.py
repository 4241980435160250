"""Pages of funds and of what their directions mean in a region."""
