"""The filters of lists and figures, one area a module."""
