"""What a press note is made of."""
