"""Production has what its code imports: here everything is installed, there only production.txt."""

import ast
import re
import sys
from collections import defaultdict
from importlib.metadata import distributions

import pytest

from chamber_portal.local.servers import ROOT

PACKAGES = ("chamber_portal", "core", "registry", "cards", "events", "partners")
# Never in the image.
NOT_IN_PRODUCTION = ROOT / "chamber_portal" / "local"


def pinned(name: str) -> set[str]:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
    return {line.partition("==")[0] for line in lines if "==" in line and not line.startswith((" ", "#"))}


def imported(*, below) -> set[str]:
    """Top-level packages that the code imports, ours and the standard library's left out."""
    found = set()
    for path in below:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - set(PACKAGES)


def test_production_code_imports_only_what_production_installs():
    code = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    modules = imported(below=[path for path in code if NOT_IN_PRODUCTION not in path.parents])

    owners = defaultdict(set)
    for distribution in distributions():
        for file in distribution.files or ():
            owners[file.parts[0].partition(".")[0]].add(
                re.sub(r"[-_.]+", "-", distribution.metadata["Name"]).lower()
            )

    assert {"django", "weasyprint"} <= modules
    assert {module for module in modules if not owners[module] & pinned("production")} == set()


@pytest.mark.parametrize(("smaller", "larger"), [("production", "local"), ("local", "test")])
def test_the_same_versions_everywhere(smaller, larger):
    def versions(name):
        return set(
            re.findall(r"^[\w.-]+==\S+", (ROOT / "requirements" / f"{name}.txt").read_text(), re.MULTILINE)
        )

    assert versions(smaller) < versions(larger)


@pytest.mark.parametrize("name", ["production", "local", "test"])
def test_requirements_name_no_place(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()

    assert re.findall(r"https?:|file:|^-|^/| @ ", text, re.MULTILINE) == []
    entries = re.split(r"\n(?=\S)", text)
    assert [entry for entry in entries if not entry.startswith("#") and "--hash=sha256:" not in entry] == []
