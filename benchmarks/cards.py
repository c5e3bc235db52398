"""Cards a second: the batch path in two workers beside the plain path, one document a card, in one run.

`python -m benchmarks.cards 500`. Needs no database: signing, drawing, laying out and merging are what is
measured; photographs lie on disk beforehand, as uploads do.
"""

import multiprocessing
import os
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

WORKERS = 2
PLAIN_SAMPLE = 60


def main(count: int) -> None:
    with TemporaryDirectory() as name:
        directory = Path(name)
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(WORKERS, mp_context=context, initializer=_start, initargs=(name,)) as pool:
            made = list(pool.map(_draw, _chunks(count, 50), [directory] * count))
            assert sum(made) == count
            batch, merge, size = _batch(pool, count, directory)
            sample = min(count, PLAIN_SAMPLE)
            plain = pool.submit(_plain, sample, directory).result()
            peak = max(pool.map(_peak_mb, range(WORKERS * 8)))
    rate, plain_rate = count / (batch + merge), sample / plain
    print(f"{'':24}{'cards':>8}{'seconds':>10}{'cards/s':>10}")
    print(f"{'batch, two workers':24}{count:8}{batch + merge:10.2f}{rate:10.1f}")
    print(f"{'  of which merging':24}{count:8}{merge:10.2f}{100 * merge / (batch + merge):9.1f}%")
    print(f"{'plain, one by one':24}{sample:8}{plain:10.2f}{plain_rate:10.1f}")
    print(
        f"cards_per_s={rate:.1f} ratio={rate / plain_rate:.1f} peak_mb={peak:.0f}"
        f" kb_per_card={size / 1024 / count:.1f}"
    )


def _batch(pool: ProcessPoolExecutor, count: int, directory: Path) -> tuple[float, float, int]:
    """Return seconds of rendering, seconds of merging, and bytes of the file."""
    from cards.rendering import CHUNK

    begun = time.perf_counter()
    parts = list(pool.map(_render, _chunks(count, CHUNK), [directory] * count))
    rendered = time.perf_counter()
    out = directory / "batch.pdf"
    # In a worker, as the portal does it, so that its memory counts too.
    pool.submit(_merge, parts, out).result()
    merged = time.perf_counter()
    return rendered - begun, merged - rendered, out.stat().st_size


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


def _draw(numbers: range, directory: Path) -> int:
    from benchmarks.card_samples import drawn_photo

    for number in numbers:
        (directory / f"{number}.jpg").write_bytes(drawn_photo(number))
    return len(numbers)


def _faces(numbers: range, directory: Path):
    from benchmarks.card_samples import sample_face

    return [sample_face(number, photo=(directory / f"{number}.jpg").read_bytes()) for number in numbers]


def _render(numbers: range, directory: Path) -> Path:
    from cards.rendering import render_cards

    part = directory / f"{numbers.start:07d}.pdf"
    part.write_bytes(render_cards(_faces(numbers, directory)))
    return part


def _merge(parts: list[Path], out: Path) -> None:
    from cards.merging import merge_pdfs

    merge_pdfs(parts, out)


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
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
