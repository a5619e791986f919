"""The fleet's database, on a real PostgreSQL behind a real PostgREST."""
