"""Lists of the register taken out as a file: for one person, in the background, by what they may see.

`lists` says which lists there are and what each holds, `columns` what a file may hold of people, `writing`
puts the rows into a file of the wanted format, and `work` is what workers do.
"""
