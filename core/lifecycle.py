"""Where a record may go from where it stands: one readable table a kind of record.

Actions ask the table under their lock; a trigger of the database holds to the same pairs for whoever comes
another way, and the tests compare the two. The same state written again is no move.
"""

from dataclasses import dataclass
from itertools import product

from django.utils.functional import Promise

from core.exceptions import ActionRefused
from core.roles import Permission


@dataclass(frozen=True)
class Move:
    """One step. `procedure` names the list that its ground is chosen from: such a step has a reason too."""

    name: str
    sources: tuple[str, ...]
    to: str
    permission: Permission
    procedure: str | None
    refusal: str | Promise


@dataclass(frozen=True)
class Lifecycle:
    """A table of moves."""

    moves: tuple[Move, ...]

    def check(self, name: str, state: str) -> Move:
        """The move of this name from where things stand.

        Raises:
            ActionRefused: the table does not know it from this state.
        """
        move = self.named(name)
        if state not in move.sources:
            raise ActionRefused(move.refusal)
        return move

    def named(self, name: str) -> Move:
        return next(move for move in self.moves if move.name == name)

    def possible(self, state: str) -> tuple[Move, ...]:
        """The moves that lead on from a state."""
        return tuple(move for move in self.moves if state in move.sources)

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every (from, to) that some move makes."""
        return frozenset(pair for move in self.moves for pair in product(move.sources, [move.to]))
