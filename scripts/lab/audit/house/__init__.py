"""A house of eight homes in which a year passes; it runs in a process of its own, whose clocks are moved."""
