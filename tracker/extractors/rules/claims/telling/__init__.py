"""Telling: where a sentence says something, how it is meant, and of whom."""
