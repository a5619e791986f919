"""What happened: the durable, chained record of a building."""
