"""Tries to break the integration's promises, and writes what came of it into a document."""
