"""Help on the way: requests, consultations, trainings, readings of drafts."""
