"""Maintain the file as a whole: purge, restore, export."""
