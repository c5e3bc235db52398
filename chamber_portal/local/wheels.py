"""Where the programs lie that arrive inside Python wheels."""

import shutil
from importlib.util import find_spec
from pathlib import Path


def program(package: str, path: str) -> Path:
    """Return the program at `path` inside the installed `package`, else the machine's own of that name.

    The package is not imported: what it does on import is more than a path is worth.
    """
    spec = find_spec(package)
    if spec is not None and spec.submodule_search_locations:
        return Path(spec.submodule_search_locations[0]) / path
    own = shutil.which(Path(path).name)
    if own is None:
        raise SystemExit(
            f"There is no {Path(path).name}: neither {package} nor a package of this machine has it."
        )
    return Path(own)
