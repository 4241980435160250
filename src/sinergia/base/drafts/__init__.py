"""Texts that several people write together: saved one by one, with pictures of the whole."""
