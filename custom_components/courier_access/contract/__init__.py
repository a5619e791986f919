"""Define courier messages and replies: pure, synchronous, without I/O."""
