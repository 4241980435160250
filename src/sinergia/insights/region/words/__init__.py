"""What a region's figures are called, how they are said, and where they lead."""
