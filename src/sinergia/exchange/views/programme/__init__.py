"""Pages of the programme of a visit."""
