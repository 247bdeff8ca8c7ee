"""The steps, one file per verb. They are handed what they need and know nothing of settings or doors."""
