"""The personal page of a resident without an account."""
