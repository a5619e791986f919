"""Flows in which the administrator sets up doors, couriers, and residents."""
