"""What follows a win, computed: the plan of a grant, its periods, its money."""
