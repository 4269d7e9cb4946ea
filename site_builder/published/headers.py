"""The file of headers that a host adds to what it serves: the policy, who may frame a page, how long to keep a file.

Hosts that read such a file send every rule that fits a path, and join values of one name with a comma. Two policies joined
so both hold. So the first rule has what is true of all, and the right to be framed stands in a rule a folder: nobody may
frame a page, but anybody an embed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

PATH = "_headers"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'"
)
FRAMED = "embed/"  # a folder whose pages may stand in a frame, at the top and in each release
_RELEASES = "releases"
_ALL = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
_KEPT = ("Cache-Control", "public, max-age=31536000, immutable")


def headers(paths: Iterable[str], frozen: Iterable[str]) -> bytes:
    """The file. ``paths``: every path of the site; ``frozen``: patterns of files whose bytes never change, where a name
    after a colon stands for one folder."""
    every = {_top(path) for path in paths if path.endswith(".html")}
    # a page beside a folder of its name speaks for both: said twice, a value stands twice
    tops = sorted(top for top in every if not any(top != other and top.startswith(other) for other in every))
    folders = sorted({"", *(top.removesuffix("index") for top in tops if PurePosixPath(top).name == "index")})
    rules = [("/*", _ALL), *((f"/{folder}", _framed("'none'")) for folder in folders)]
    rules += [(f"/{top}*", _framed("*" if top.endswith(FRAMED) else "'none'")) for top in tops]
    rules += [(f"/{pattern}", (_KEPT,)) for pattern in ("assets/*", *sorted(set(frozen)))]
    return "".join(_rule(pattern, values) for pattern, values in rules).encode()


def _top(path: str) -> str:
    """The folder that a path begins with, within a release the folder there, for any release; of a page that stands
    above these its name without an ending, which hosts may leave out."""
    first, slash, rest = path.partition("/")
    if first != _RELEASES:
        return f"{first}/" if slash else PurePosixPath(first).stem
    release, slash, inside = rest.partition("/")
    if not slash:
        return f"{_RELEASES}/{PurePosixPath(release).stem}"
    folder, slash, _ = inside.partition("/")
    return f"{_RELEASES}/:release/{folder}/" if slash else f"{_RELEASES}/:release/{PurePosixPath(folder).stem}"


def _framed(by: str) -> tuple[tuple[str, str], ...]:
    return (("Content-Security-Policy", f"frame-ancestors {by}"),)


def _rule(pattern: str, values: Iterable[tuple[str, str]]) -> str:
    return f"{pattern}\n" + "".join(f"  {name}: {value}\n" for name, value in values)
