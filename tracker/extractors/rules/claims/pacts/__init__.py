"""Pacts: who signs what, when, about what, and whether it holds."""
