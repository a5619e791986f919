"""What the owner sets up in the user interface: a building's doors, couriers and residents."""
