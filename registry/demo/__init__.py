"""Invented people, to try the portal and to measure it. Only `actions` knows the database."""
