"""What is typed on pages of exchange."""
