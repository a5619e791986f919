"""Current state: grants, entries, rules, replies."""
