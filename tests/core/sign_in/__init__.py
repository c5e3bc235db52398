"""Sign-in: who gets in by which way, and what is told to those who do not."""
