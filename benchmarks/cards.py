"""Cards a second: the batch path in two workers beside the plain path, one document a card, in one run.

`python -m benchmarks.cards 1000`; 10,000 follow, for the memory. Needs no database: signing, drawing, laying
out and merging are what is measured; photographs lie on disk beforehand, as uploads do.
"""

import multiprocessing
import os
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

WORKERS = 2
PLAIN_SAMPLE = 60
# The size at which a worker's memory is compared with that of the first run.
LARGE = 10_000
# As many different portraits as are drawn; each card carries one of them.
PORTRAITS = 500


class Run(NamedTuple):
    """One batch: seconds of rendering, of merging, of its sheets of ten; bytes; a worker's peak."""

    count: int
    rendering: float
    merging: float
    sheets: float
    size: int
    peak_mb: float

    @property
    def seconds(self) -> float:
        return self.rendering + self.merging


def main(count: int) -> None:
    with TemporaryDirectory() as name:
        directory = Path(name)
        with _workers(directory) as pool:
            assert sum(pool.map(_draw, _chunks(PORTRAITS, 50), [directory] * PORTRAITS)) == PORTRAITS
        # Workers of their own for each run: a peak is kept for as long as a process lives.
        first, large = _run(count, directory), _run(LARGE, directory)
        with _workers(directory) as pool:
            sample = min(count, PLAIN_SAMPLE)
            plain = pool.submit(_plain, sample, directory).result()
    rate, plain_rate = first.count / first.seconds, sample / plain
    print(f"{'':24}{'cards':>8}{'seconds':>10}{'cards/s':>10}{'peak MB':>10}")
    for run in (first, large):
        speed = run.count / run.seconds
        print(f"{'batch, two workers':24}{run.count:8}{run.seconds:10.2f}{speed:10.1f}{run.peak_mb:10.0f}")
        share = f"{100 * run.merging / run.seconds:.1f}%"
        print(f"{'  of which merging':24}{run.count:8}{run.merging:10.2f}{share:>10}")
        print(f"{'its sheets of ten':24}{run.count:8}{run.sheets:10.2f}{run.count / run.sheets:10.1f}")
    print(f"{'plain, one by one':24}{sample:8}{plain:10.2f}{plain_rate:10.1f}")
    print(
        f"cards_per_s={rate:.1f} ratio={rate / plain_rate:.1f} peak_mb={first.peak_mb:.0f}"
        f" peak_mb_10000={large.peak_mb:.0f} kb_per_card={large.size / 1024 / large.count:.1f}"
    )


def _workers(directory: Path) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(WORKERS, mp_context=context, initializer=_start, initargs=(str(directory),))


def _run(count: int, directory: Path) -> Run:
    with _workers(directory) as pool:
        chunk = pool.submit(_chunk_size).result()
        # Both are up before the clock runs.
        list(pool.map(_peak_mb, range(WORKERS * 8)))
        begun = time.perf_counter()
        parts = list(pool.map(_render, _chunks(count, chunk), [directory] * count))
        rendered = time.perf_counter()
        out = directory / "batch.pdf"
        # In a worker, as the portal does it, so that its memory counts too.
        pool.submit(_merge, parts, out).result()
        merged = time.perf_counter()
        files = [(number * chunk + 1, part) for number, part in enumerate(parts)]
        pool.submit(_sheets, files, count).result()
        ended = time.perf_counter()
        peak = max(pool.map(_peak_mb, range(WORKERS * 8)))
    for part in parts:
        part.unlink()
    return Run(count, rendered - begun, merged - rendered, ended - merged, out.stat().st_size, peak)


def _chunks(count: int, length: int) -> list[range]:
    return [range(start, min(start + length, count)) for start in range(0, count, length)]


def _start(directory: str) -> None:
    """Make a worker ready, as RQ's parent process is before a job: modules and fonts loaded, keys made."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chamber_portal.settings.local")
    os.environ["CARD_KEYS_DIR"] = str(Path(directory) / "keys")
    os.environ["CARD_VERIFY_BASE_URL"] = "HTTPS://CARTE.EXAMPLE.MA/V/"
    import django

    django.setup()
    from cards.keys import ensure_key
    from cards.rendering import warm_up

    ensure_key()
    warm_up()


def _chunk_size() -> int:
    from django.conf import settings

    return settings.CARDS_PER_CHUNK


def _draw(numbers: range, directory: Path) -> int:
    from benchmarks.card_samples import drawn_photo

    for number in numbers:
        (directory / f"{number}.jpg").write_bytes(drawn_photo(number))
    return len(numbers)


def _faces(numbers: range, directory: Path):
    from benchmarks.card_samples import sample_face

    return [
        sample_face(number, photo=(directory / f"{number % PORTRAITS}.jpg").read_bytes())
        for number in numbers
    ]


def _render(numbers: range, directory: Path) -> Path:
    from cards.printing.geometry import BLEED_MM
    from cards.rendering import render_cards

    part = directory / f"{numbers.start:07d}.pdf"
    part.write_bytes(render_cards(_faces(numbers, directory), bleed_mm=BLEED_MM))
    return part


def _merge(parts: list[Path], out: Path) -> None:
    from cards.merging import merge_pdfs

    merge_pdfs(parts, out)


def _sheets(files: list[tuple[int, Path]], count: int) -> None:
    from cards.enums import Duplex
    from cards.printing.files import CARDS_A_PART
    from cards.printing.imposition import opened
    from cards.printing.sheets import sheets

    for positions in _chunks(count, CARDS_A_PART):
        with opened(*files) as source:
            numbers = [position + 1 for position in positions]
            sheets(source, numbers, Duplex.LONG_EDGE, title="", first_sheet=1, sheets_total=1)


def _plain(count: int, directory: Path) -> float:
    from benchmarks.plain_card import render_plain

    begun = time.perf_counter()
    for face in _faces(range(count), directory):
        render_plain(face)
    return time.perf_counter() - begun


def _peak_mb(_: int) -> float:
    time.sleep(0.02)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
