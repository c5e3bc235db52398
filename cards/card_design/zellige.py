"""The zellige of the card: stars and crosses in fine lines, as vectors.

Star and cross is the simplest of the eightfold patterns: khatims that touch at their tips leave crosses
between them. Each star carries its inner star, as the cutters of Fez lay it.
"""

from math import cos, pi, sin, tan

Point = tuple[float, float]


def khatim(centre: Point, radius: float, *, skip: int = 2, turn: float = 0) -> list[list[Point]]:
    """Return the closed lines of an eight-pointed star: two squares, or one line that skips three tips."""
    tips = [
        (centre[0] + radius * cos(turn + i * pi / 4), centre[1] + radius * sin(turn + i * pi / 4))
        for i in range(8)
    ]
    if skip == 2:
        return [tips[0::2], tips[1::2]]
    return [[tips[i * skip % 8] for i in range(8)]]


def outline(centre: Point, radius: float) -> list[Point]:
    """Return the sixteen corners of a khatim without the lines inside it."""
    inner = radius * cos(pi / 4) / cos(pi / 8)
    return [
        (
            centre[0] + (radius if i % 2 == 0 else inner) * cos(i * pi / 8),
            centre[1] + (radius if i % 2 == 0 else inner) * sin(i * pi / 8),
        )
        for i in range(16)
    ]


def path(lines: list[list[Point]]) -> str:
    """Return closed lines as the `d` of an SVG path."""
    return "".join("M" + "L".join(f"{x:.3f} {y:.3f}" for x, y in line) + "z" for line in lines)


def zellige_svg(width: float, height: float, *, pitch: float, colour: str, stroke: float) -> bytes:
    """Return a field of stars and crosses, all measures in millimetres."""
    radius = pitch / 2
    lines: list[list[Point]] = []
    for row in range(-1, int(height / pitch) + 2):
        for column in range(-1, int(width / pitch) + 2):
            centre = (column * pitch, row * pitch)
            lines.append(outline(centre, radius))
            lines.append(outline(centre, radius * 0.84))
            lines.extend(khatim(centre, radius * 0.84 * 0.78, skip=3, turn=pi / 8))
            # The cross between four stars: its heart is a small square on its tip.
            heart = (centre[0] + radius, centre[1] + radius)
            lines.extend(khatim(heart, radius * tan(pi / 8) * 0.8))
    return _svg(width, height, path(lines), f'fill="none" stroke="{colour}" stroke-width="{stroke}"')


def mark_svg(colour: str, accent: str) -> bytes:
    """Return the house's mark, which stands where a chamber has given no emblem."""
    centre = (50.0, 50.0)
    star = path([outline(centre, 48)])
    ring = path([outline(centre, 41)])
    weave = path(khatim(centre, 33, skip=3, turn=pi / 8))
    heart = path([outline(centre, 10)])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="100" height="100">'
        f'<path d="{star}" fill="{colour}"/>'
        f'<path d="{ring}{weave}" fill="none" stroke="{accent}" stroke-width="2"/>'
        f'<path d="{heart}" fill="{accent}"/></svg>'
    ).encode()


def _svg(width: float, height: float, d: str, attributes: str) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}mm" height="{height}mm"><path d="{d}" {attributes}/></svg>'
    ).encode()
