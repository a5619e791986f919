"""Flows in which the owner sets up doors, couriers, and residents."""
