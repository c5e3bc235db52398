"""What is told of the register in numbers: dashboards, files, open data."""
