"""What the log of a centre gives away: sheets and papers."""
