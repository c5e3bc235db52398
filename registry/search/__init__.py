"""Finding people by name or number, in either script and with mistakes.

Names are searched in two dictionaries and only then among people, so that the work does not grow with a
name's frequency:

- `words.candidates(words)`: for folded words (`core.arabic.fold(text).split()`) the words of the register
  that may be meant: the same, one edit away, or of the same sound in either script, each with its `cost`.
- `names.names_like(words)`: full names that have those words, in any order, at most one of them mistaken.
- `people.people_named(matches, scope)`: who bears them, in a region and within filters, in the list's order.
- `sounds.sound(word)`: how a word sounds; `numbers.numbers_in(text)`: what a number may be.

`Registrant.objects.search(text)` is all of that as a filter. Triggers of the database keep what is searched
(see `registry/models/search.py`), whichever way people are written; `manage.py rebuild_search` makes it anew.
"""
