"""The components of the templates on one page, in every state and both colour schemes; for a preview, never in a build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from markupsafe import Markup

from site_builder.published.frames import DRAFT, ILLUSTRATIVE, Frames
from site_builder.published.render import Renderer
from site_builder.published.specimens import AT_HAND, TAG, Specimen, specimens
from site_builder.published.write import Site
from site_builder.vocabulary.areas import Areas

SCHEMES = ("light", "dark")
_DARK = "(prefers-color-scheme:dark)"


def parts_files(renderer: Renderer, frames: Frames, areas: Areas) -> Site:
    """The page, and what its two frames show: every component by daylight and by night."""
    shell = renderer.environment.get_template("layouts/parts_shell.html")
    made = {AT_HAND: lambda: shell.render(schemes=SCHEMES).encode()}
    sheet = next(data for path, data in renderer.files.items() if path == renderer.assets["site.css"]).decode()
    for scheme in SCHEMES:
        made[f"_parts-{scheme}.css"] = partial(bytes, forced(sheet, scheme).encode())
        made[f"_parts-{scheme}.html"] = partial(_page, renderer, frames, areas, scheme)
    return made


def forced(sheet: str, scheme: str) -> str:
    """A style sheet that holds one colour scheme, whatever the reader prefers. Raises ValueError when it has no dark."""
    if _DARK not in sheet:
        raise ValueError("the style sheet has no dark scheme")
    wanted = "(min-width:0)" if scheme == "dark" else "(max-width:0)"
    return sheet.replace(_DARK, wanted).replace("color-scheme:light dark", f"color-scheme:{scheme}")


def _page(renderer: Renderer, frames: Frames, areas: Areas, scheme: str) -> bytes:
    notices = (ILLUSTRATIVE, DRAFT)
    frame = frames.frame(
        AT_HAND,
        f"Components, {scheme}",
        "Every component in every state.",
        "data",
        (("Data", "data/index.html"),),
        notices,
    )
    frame = replace(frame, assets={**frame.assets, "site.css": f"_parts-{scheme}.css"})
    template = renderer.environment.get_template("layouts/parts.html")
    borough = next(area for area in areas.boroughs if area.tile)
    drawn = {name: [drawing(renderer, name, one) for one in each] for name, each in specimens(borough).items()}
    return template.render(frame=frame, page_kind="parts", drawn=by_part(drawn), tag=TAG).encode()


def drawing(renderer: Renderer, name: tuple[str, str], specimen: Specimen) -> Markup:
    """What a macro draws of a specimen, inside the element it needs."""
    part, macro = name
    html = renderer.drawn(f"parts/{part}.html", macro, *specimen.given)
    around = specimen.inside
    return Markup(f"<{around}>{html}</{around}>" if around else html)  # noqa: S704 - drawn by our own macros


def by_part(drawn: Mapping[tuple[str, str], list[Markup]]) -> list[tuple[str, list[tuple[str, list[Markup]]]]]:
    """Drawings under their macros, and these under their parts, A to Z."""
    parts: dict[str, list[tuple[str, list[Markup]]]] = {}
    for (part, macro), each in sorted(drawn.items()):
        parts.setdefault(part, []).append((macro, each))
    return list(parts.items())
