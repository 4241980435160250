"""What `make bench` runs: speed measured with public tools alone."""
