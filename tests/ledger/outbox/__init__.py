"""The outbox on the disk: who is owed what, and how far it came."""
