"""Couriers: their messages, each answered once; their keys and addresses."""
