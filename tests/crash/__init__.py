"""A real Home Assistant that is killed, and what was seen from outside."""
