"""The missions, agreements and meetings that a document speaks of, and where it means them."""
