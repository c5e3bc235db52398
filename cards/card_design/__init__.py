"""What a card says, where it stands and how it looks."""
