"""What people decide: about claims and values, subjects, sources, and texts that must go."""
