"""Lists of the register taken out as a file: for one person, in the background, by what they may see.

`columns` says what a file may hold, `people` who is in it, `writing` puts the rows into a file of the wanted
format, and `work` is what workers do.
"""
