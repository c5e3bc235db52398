"""Lists taken out as a file: for one person, in the background, by what they may see.

`lists` says which lists there are and what each holds (another app hands its own in), `columns` what a file
may hold of people, `pages` asks what it is taken out as, `writing` puts the rows into a file of the wanted
format, and `work` is what workers do.
"""
