"""Pages of projects that everybody may join: for everybody, for who joins, for organisers."""
