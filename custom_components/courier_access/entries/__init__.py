"""Entries: a courier at a door, from the decision to the closed door."""
