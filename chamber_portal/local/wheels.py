"""Where the programs lie that arrive inside Python wheels."""

from importlib.util import find_spec
from pathlib import Path


def program(package: str, path: str) -> Path:
    """Return the program at `path` inside the installed `package`, without importing the package.

    Both packages bring a client of their own that does more on import than a path is worth.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is missing: pip install --require-hashes -r requirements/local.txt")
    return Path(spec.submodule_search_locations[0]) / path
