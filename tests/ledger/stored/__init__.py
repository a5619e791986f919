"""Ledgers as written by each schema version."""
