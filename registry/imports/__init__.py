"""People brought in from a file: read, columns matched, checked, entered in chunks, undone.

`reading` gives rows of text out of a file, `columns` says which column is which, `rows` checks values by the
rules of the application form, `matching` finds who is on file already, `checking`, `applying` and `undoing`
take one chunk through one step each, and `work` is what workers do.
"""
