"""The API for partners that have tills of their own; docs/api.md describes it with examples.

Keys stand for a partner (`keys`), every error is an RFC 9457 problem (`problems`, `middleware`), a request
that records something is done once (`idempotency`), and `operations` does the work through the actions.
"""
