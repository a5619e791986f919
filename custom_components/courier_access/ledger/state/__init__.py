"""Store current state: grants, entries, rules, replies."""
