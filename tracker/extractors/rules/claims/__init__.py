"""What a document says of its subjects: cues, dates, parties, and the claims they add up to."""
