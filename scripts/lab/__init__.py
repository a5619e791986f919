"""A real Home Assistant on this machine, and the people and companies around a building's door.

`scripts/demo`, `scripts/bench`, `scripts/courier` and the end-to-end tests are made of these parts.
Nothing here imports Home Assistant or the integration: all goes over HTTP, as it would for anyone.
"""
