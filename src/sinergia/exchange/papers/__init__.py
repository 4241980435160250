"""Files and papers of visits."""
