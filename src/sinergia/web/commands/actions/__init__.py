"""Rows of the demo that are many: laid at once, the same as the site's own actions make."""
