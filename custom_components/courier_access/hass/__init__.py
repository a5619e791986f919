"""Small adapters to Home Assistant that every package uses."""
