"""Invented people, to try the portal and to measure it. Nothing here knows the database or its models."""
