"""A building: one config entry at run time."""
