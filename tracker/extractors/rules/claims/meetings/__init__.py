"""Meetings: who met where."""
