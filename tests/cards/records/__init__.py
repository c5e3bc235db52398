"""The cards' further addresses and the records they are opened on, by area."""

from tests.cards.records import life, printing

AREAS = (life, printing)
