"""Residents: who lives in which unit, their rules, consent, and pauses."""
