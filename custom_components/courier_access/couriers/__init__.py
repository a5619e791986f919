"""Handle couriers: their messages, keys, addresses, and activity."""
