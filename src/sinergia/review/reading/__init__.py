"""What people bring as tables of review."""
