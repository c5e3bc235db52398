"""Requests about entries: the queue, one request with its decision, entering them, and one's own."""
