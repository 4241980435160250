"""Who may see and do what of help on the way. Person first, thing second."""
