"""What is allowed: pure, synchronous rules that are handed the time and do no I/O."""
