"""A second reader: a language model is asked what a document says, and believed only where it quotes the document."""
