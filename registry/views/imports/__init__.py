"""Imports: sent, columns confirmed, looked through, entered, undone."""
