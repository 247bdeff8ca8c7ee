"""Rides: what carries a mission, whither, and what those share that fly together."""
