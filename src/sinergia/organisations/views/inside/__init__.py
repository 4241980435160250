"""The inner pages of an organisation: for its own people and for the centre that serves it."""
