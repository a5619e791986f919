"""The durable, hash-chained log of a building and its current state."""
