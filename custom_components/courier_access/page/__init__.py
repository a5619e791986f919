"""A resident's personal page in HTML: what it shows and how, and nothing of how it is asked for."""
