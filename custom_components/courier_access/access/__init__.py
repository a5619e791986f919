"""Decide access with pure, synchronous rules: no I/O, and the time is a parameter."""
