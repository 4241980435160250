"""What an official is told, on paper."""
