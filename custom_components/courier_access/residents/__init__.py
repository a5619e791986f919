"""Manage residents: their units, rules, consent, pauses, and personal links."""
