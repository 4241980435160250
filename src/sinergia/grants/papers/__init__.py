"""Files and papers of grants."""
