"""Names that the catalog knows, found in a text."""
