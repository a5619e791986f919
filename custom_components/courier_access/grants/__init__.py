"""Grants: issued, revised, vetoed, and revoked."""
