"""Sign-in: staff by password and second factor, artisans by their number and a one-time code.

django-allauth does the work; this package holds what is ours: who may sign in by which way, how a typed
number becomes an account, how a code is sent, and what the audit trail is told.
"""
