"""What is read, by name, one kind of record a module."""
