"""What couriers may say, and how they are answered: pure, synchronous, no I/O."""
