"""Drive doors: open, confirm, and lock again."""
