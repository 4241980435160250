"""A visit on paper: the booklet that is handed out, and badges."""
