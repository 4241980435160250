"""How the way of applications is counted, and the rows that were counted."""
