"""Who may do what with help."""
