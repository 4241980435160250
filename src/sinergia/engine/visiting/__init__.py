"""The programme of a visit: what hinders it, what it serves, how it is moved and told."""
