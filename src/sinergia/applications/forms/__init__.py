"""What is typed about applications."""
