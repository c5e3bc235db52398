"""What people type and choose, one area a module."""
