"""A real Home Assistant of the newest release, driven over HTTP only."""
