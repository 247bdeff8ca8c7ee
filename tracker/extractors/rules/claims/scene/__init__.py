"""The scene: a document laid out sentence by sentence, and what a fact about it is made of."""
