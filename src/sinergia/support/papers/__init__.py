"""Help as files: lists, reports, certificates."""
