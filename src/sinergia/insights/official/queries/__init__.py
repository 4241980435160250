"""What an official is told of a region."""
