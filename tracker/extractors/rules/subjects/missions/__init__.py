"""Missions, known or not: by name, by what is said of a name, by description."""
