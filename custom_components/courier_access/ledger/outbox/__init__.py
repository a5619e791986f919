"""Track notifications until they are delivered."""
