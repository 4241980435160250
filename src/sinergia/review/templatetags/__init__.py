"""Tags of review."""
