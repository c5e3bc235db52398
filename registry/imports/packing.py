"""Rows as they were read, packed into one value of a chunk."""

import json
import zlib
from collections.abc import Sequence


def pack(rows: Sequence[tuple[int, list[str]]]) -> bytes:
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def unpack(packed: bytes) -> list[tuple[int, list[str]]]:
    return json.loads(zlib.decompress(packed)) if packed else []
