"""The command `scripts/bench`: each measurement is a module of its own."""
