"""Parties: who leads, makes, orders, carries and helps a mission."""
