"""How numbers and dates are written and read in each language, as in Moroccan usage."""
