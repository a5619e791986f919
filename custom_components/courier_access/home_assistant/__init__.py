"""Adapters to Home Assistant for every folder."""
