"""Pages of organisations that everybody sees."""
