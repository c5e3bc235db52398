"""Whether an assembly can decide: arithmetic only, so that it can be tried on every number."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Quorum:
    """How many were called and came, and the percent the chamber set; None where it has set none."""

    called: int
    attending: int
    percent: int | None

    @property
    def needed(self) -> int | None:
        """How many must attend: a part of a person is a whole one."""
        if self.percent is None:
            return None
        return -(-self.called * self.percent // 100)

    @property
    def missing(self) -> int | None:
        return None if self.needed is None else max(0, self.needed - self.attending)

    @property
    def is_reached(self) -> bool | None:
        """None where no quorum is set: then nothing is claimed. Nobody called is no assembly."""
        if self.needed is None:
            return None
        return self.called > 0 and self.attending >= self.needed

    @property
    def share(self) -> int:
        """Whole percent of those called who attend, never rounded up to what is not reached."""
        return self.attending * 100 // self.called if self.called else 0
