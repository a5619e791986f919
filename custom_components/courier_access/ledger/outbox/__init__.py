"""Pending notifications, until they are delivered."""
