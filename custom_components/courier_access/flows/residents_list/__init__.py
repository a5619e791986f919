"""Residents imported from and exported to a CSV file."""
