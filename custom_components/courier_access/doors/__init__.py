"""Doors: the lock or switch behind each one, opening it, and locking it again."""
