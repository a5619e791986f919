"""A fleet on this machine: PostgreSQL and PostgREST, and buildings that report to them."""
