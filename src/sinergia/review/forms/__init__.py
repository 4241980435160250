"""Review: forms."""
