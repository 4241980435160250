"""To the outside: the disk, a store that speaks S3, and what a browser sends."""
