"""What the audit trail calls things, one area a module."""
