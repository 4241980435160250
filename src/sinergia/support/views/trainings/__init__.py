"""Pages of trainings: for everybody, for the centre, for each who enrolled."""
