"""What the independent validator lets pass by itself is refused by our gates, each with its code."""

from __future__ import annotations

import importlib.metadata
import tempfile
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import frictionless
import pytest
from frictionless import FrictionlessException, Package, Resource

from site_builder.confidential.checking import check_by
from site_builder.confidential.standards import DESCRIPTOR, RETURN, Standards
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.planes import Visibility
from tests.blind_spots.spots import Spot, fetched, spots
from tests.confidential.house import OWN, QUARTER, build_house
from tests.rules.generate import Maker

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    return Maker(build_house(tmp_path_factory.mktemp("house")))


def _names() -> list[str]:
    with tempfile.TemporaryDirectory() as root:
        return [spot.name for spot in spots(Maker(build_house(Path(root))))]


def _codes(standards: Standards, root: Path) -> set[str]:
    found = check_by(standards, root, [root], Visibility.PUBLIC).findings
    return {finding.rule for finding in found if finding.severity is Severity.ERROR}


@pytest.mark.parametrize("name", _names())
def test_our_check_refuses_it(make: Maker, tmp_path: Path, name: str) -> None:
    (spot,) = (one for one in spots(make) if one.name == name)
    spot.lay(tmp_path / "returns" / OWN / QUARTER, make.good, tmp_path / "elsewhere")
    assert spot.code in _codes(make.standards, tmp_path / "returns")


def _said(report: frictionless.Report) -> str:
    """``valid``, or how many errors of which types, and warnings."""
    errors = [error.type for task in report.tasks for error in task.errors] + [error.type for error in report.errors]
    warnings = [word for task in report.tasks for word in task.warnings]
    told = [f"{errors.count(kind)} {kind}" for kind in sorted(set(errors))]
    told += [f"{len(warnings)} warning"] if warnings else []
    return ", ".join(told) or "valid"


def _of_package(folder: Path) -> str:
    try:
        return _said(Package(str(folder / DESCRIPTOR)).validate())
    except FrictionlessException as error:
        return f"raises {error.error.type}"


def _of_table(folder: Path) -> str:
    return _said(Resource(path=RETURN, basepath=str(folder)).validate())


def recorded(make: Maker, root: Path) -> str:
    """What the validator says of each spot: of the table alone, and of the package with its description."""
    version = ".".join(importlib.metadata.version("frictionless").split(".")[:2])
    lines = [
        "# What the independent validator forgives",
        "",
        f"Written by the tests: what frictionless {version} says by itself of returns that our check refuses. Where a line",
        "changes with a new version of it, look whether the gate is still needed.",
        "",
        "| What is sent | Our code | The table alone | The package |",
        "|---|---|---|---|",
    ]
    for number, spot in enumerate(spots(make)):
        folder = spot.lay(root / str(number), make.good, root / "elsewhere")
        lines.append(f"| {spot.name} | {spot.code} | {_of_table(folder)} | {_of_package(folder)} |")
    return "\n".join([*lines, ""])


def test_what_the_validator_says_alone_is_recorded(make: Maker, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    made, path = recorded(make, tmp_path), HERE / "README.md"
    if request.config.getoption("--update-golden"):
        path.write_text(made, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == made


@pytest.fixture
def server(make: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[str]]]:
    """An address on this machine that serves a return, and what was asked of it."""
    asked: list[str] = []

    class Noting(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name that it overrides)
            asked.append(self.path)

    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / RETURN).write_bytes(make.good[RETURN])
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Noting, directory=str(tmp_path / "far"))) as served:
        thread = threading.Thread(target=served.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{served.server_address[1]}/{RETURN}", asked
        served.shutdown()
        thread.join()


def test_an_address_is_fetched_by_the_validator_and_never_by_us(
    make: Maker, tmp_path: Path, server: tuple[str, list[str]]
) -> None:
    address, asked = server
    spot: Spot = fetched(make, address)
    folder = spot.lay(tmp_path / "returns" / OWN / QUARTER, make.good, tmp_path / "elsewhere")
    assert spot.code in _codes(make.standards, tmp_path / "returns")
    assert asked == []
    assert _of_package(folder) == "valid"
    assert f"/{RETURN}" in asked
