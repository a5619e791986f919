"""Flows, driven as the frontend drives them."""
