"""What is typed about organisations."""
