"""What resource centres advise about, as they are offered to begin with."""
