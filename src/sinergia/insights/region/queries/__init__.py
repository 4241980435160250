"""How a region's figures are read."""
