"""Photographs sent many at once in a zip archive, each file named by the number of its person.

`entries` says whose each file is, `taking` puts photographs into people's files, and `work` is what workers
do: some entries at a time, so that it can be stopped, killed and gone on with.
"""
