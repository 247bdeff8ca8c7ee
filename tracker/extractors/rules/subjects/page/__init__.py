"""The page: a document laid out for the search of subjects, and the words that they are told in."""
