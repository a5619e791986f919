"""Notifications: from the outbox to residents' phones, and the buttons that they press."""
