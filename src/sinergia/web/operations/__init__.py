"""For whoever keeps the installation running: how it stands, and errands mended by hand."""
