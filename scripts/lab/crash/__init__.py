"""Kills a real Home Assistant again and again, and compares its record with what was seen outside."""
