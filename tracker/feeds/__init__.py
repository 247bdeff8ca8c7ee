"""Feeds: what a site says it has published, read from whatever form it says it in."""
