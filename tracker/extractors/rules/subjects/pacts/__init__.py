"""Agreements: instruments by their nouns, undertakings by their verbs."""
