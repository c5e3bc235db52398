"""Django's backend for PostgreSQL, which knows without asking that a connection lives."""
