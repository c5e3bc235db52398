"""Sections on who is on the register."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.charts import Bar, Direction, Step, bars, pyramid
from core.charts.drawing import spaced
from core.figures import Percent, Section, Table
from registry.enums import CardStanding, Gender, Kind, RegistrantState
from registry.models.figure import AgeBand, Waiting


def branches(numbers: dict[str, int], names: dict[str, str], direction: Direction) -> Section:
    lines = [(names.get(key, _("No craft given")), number) for key, number in numbers.items()]
    return _bars(
        "branches",
        _("By branch"),
        _("By the branch of the principal craft; the list of crafts is ours, not official."),
        _("Branch"),
        sorted(lines, key=lambda line: -line[1]),
        direction,
    )


def kinds(numbers: dict[str, int], direction: Direction) -> Section:
    lines = [(str(kind.label), numbers.get(kind, 0)) for kind in Kind]
    return _bars("kinds", _("By kind"), _("The four kinds of law 50.17."), _("Kind"), lines, direction)


def genders(numbers: dict[str, int], direction: Direction) -> Section:
    lines = [(str(gender.label), numbers.get(gender, 0)) for gender in Gender]
    note = _("Artisans and master artisans; cooperatives and enterprises have none.")
    return _bars("genders", _("Women and men"), note, _("Gender"), lines, direction)


def ages(numbers: dict[str, int], direction: Direction) -> Section:
    title = _("By age")
    note = _("Artisans and master artisans, by their age on the day of counting.")
    steps = [
        Step(
            str(band.label),
            numbers.get(f"{Gender.FEMALE}|{band}", 0),
            numbers.get(f"{Gender.MALE}|{band}", 0),
        )
        for band in reversed(AgeBand)
    ]
    sides = (_("Women"), _("Men"))
    chart = pyramid("ages", title, note, steps, sides, direction)
    rows = [[step.label, step.first, step.second, step.first + step.second] for step in steps]
    return Section("ages", title, note, Table([_("Age"), *sides, _("Together")], rows), chart)


def states(numbers: dict[str, int], direction: Direction) -> Section:
    held = [state for state in RegistrantState if state != RegistrantState.CANDIDATE]
    lines = [(str(state.label), numbers.get(state, 0)) for state in held]
    note = _("Everybody who has a registration number, by the state of the entry now.")
    return _bars("states", _("By state"), note, _("State"), lines, direction)


def cards(numbers: dict[str, int], direction: Direction) -> Section:
    lines = [(str(standing.label), numbers.get(standing, 0)) for standing in CardStanding]
    note = _("Where the newest card of those on the register stands.")
    return _bars("cards", _("Professional cards"), note, _("Card"), lines, direction)


def uncollected(numbers: dict[str, int], direction: Direction) -> Section:
    lines = [(str(band.label), numbers.get(band, 0)) for band in Waiting]
    note = _("Cards made and not handed over, by the time since the register was told that they are made.")
    title = _("Cards not collected, by how long they wait")
    return _bars("uncollected", title, note, _("Waiting"), lines, direction)


def _bars(
    slug: str, title: str, note: str, heading: str, lines: Iterable[tuple[str, int]], direction: Direction
) -> Section:
    lines = list(lines)
    total = sum(number for _label, number in lines)
    shares = [Percent(round(100 * number / total)) if total else None for _label, number in lines]
    drawn = [
        Bar(label, number, f"{spaced(number)} · {share}" if share else spaced(number))
        for (label, number), share in zip(lines, shares, strict=True)
    ]
    rows = [[label, number, share] for (label, number), share in zip(lines, shares, strict=True)]
    rows.append([_("Together"), total, None])
    table = Table([heading, _("Count"), _("Share")], rows)
    return Section(slug, title, note, table, bars(slug, title, note, drawn, direction) if lines else None)
