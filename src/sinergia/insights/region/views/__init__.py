"""Pages and papers of regions."""
