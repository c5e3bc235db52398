"""How far the register is from what the directorates want."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """Of one place. The share is of the provinces that have a target: the others are left out of it."""

    registered: int
    target: int | None
    registered_towards: int
    with_target: int
    provinces: int

    @property
    def percent(self) -> int | None:
        return None if not self.target else round(100 * self.registered_towards / self.target)


def progress(province_codes: Iterable[str], registered: dict[str, int], targets: dict[str, int]) -> Progress:
    codes = list(province_codes)
    aimed = [code for code in codes if code in targets]
    return Progress(
        registered=sum(registered.get(code, 0) for code in codes),
        target=sum(targets[code] for code in aimed) if aimed else None,
        registered_towards=sum(registered.get(code, 0) for code in aimed),
        with_target=len(aimed),
        provinces=len(codes),
    )
