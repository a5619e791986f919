"""Ledgers as released versions of the schema left them, and what makes one of the present version."""
