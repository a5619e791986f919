"""The pages of drivers: at a door, and behind a pass link."""
