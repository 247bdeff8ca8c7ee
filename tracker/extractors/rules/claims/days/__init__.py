"""Days: what cues say with the dates that belong to them."""
