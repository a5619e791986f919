"""Deliver notifications from the outbox, and handle their buttons."""
