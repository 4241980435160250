"""A region's brief on paper."""
