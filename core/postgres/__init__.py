"""Django's backend for PostgreSQL, for connections that are kept."""
