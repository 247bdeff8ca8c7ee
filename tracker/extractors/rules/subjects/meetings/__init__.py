"""Meetings: members of series, single ones, and those told by who met whom."""
