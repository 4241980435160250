"""The demo's guided walk: the whole way from a visit to a new practice."""
