"""Review: views."""
