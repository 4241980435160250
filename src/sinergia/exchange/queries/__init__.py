"""How programmes, agreements and visits are read."""
