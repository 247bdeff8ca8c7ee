"""The nouns: dates, documents, claims, subjects, and how claims are judged. Values and pure functions only."""
