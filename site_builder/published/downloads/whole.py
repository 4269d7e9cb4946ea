"""Every file of one release in one archive, with a README that says what is in it and a list of checksums for all of it.

Left out is what the archive would hold twice: web pages, which show the tables, and pictures as PNG, each drawn from the SVG
of the same name. So is the list of checksums that speaks of the archive itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.published.downloads.package import all_zip, readme_of
from site_builder.published.downloads.places import DERIVED, FROZEN
from site_builder.release.package import CHECKSUMS, checksums
from site_builder.vocabulary.here import HERE

EVERY = "everything.sha256"  # of all that the archive holds, beside the lists that stand on the site
SCHEMAS = "schemas/"  # of the site, that all releases share
LEFT_OUT = "all but pages and PNG pictures"  # in the few words of a link
_ENDINGS = (".html", ".png", ".zip")
_KINDS = {
    "api/": "figures for programs, JSON",
    "charts/": "drawings, SVG, and what they are drawn from, Vega-Lite JSON",
    "citation/": "how to cite each indicator, BibTeX and CSL-JSON",
    "csv/": f"tables by indicator and, in areas/, by {HERE.area}",
    "ees/": "pairs of data and metadata in the form of the DfE’s open data, and a guide to them",
    "parquet/": "every count, Parquet",
    SCHEMAS: "what the JSON files follow, JSON Schema; they stand at the root of the site",
    "xlsx/": f"workbooks by indicator and, in areas/, by {HERE.area}",
}


def held(paths: Iterable[str]) -> tuple[str, ...]:
    """Those files of a release that its archive holds, in order. ``paths``: all of them, from the folder of the release."""
    return tuple(sorted(path for path in paths if not path.endswith(_ENDINGS) and path != DERIVED))


def whole_zip(files: Mapping[str, bytes], title: str, address: str, classification: str) -> bytes:
    """The archive of a release. ``files``: all that it is to hold; ``address``: where they stand on the site. The same files
    give the same bytes."""
    readme = readme_of(title, _about(files, address), classification)
    return all_zip({**files, EVERY: checksums({**files, "README.txt": readme.encode()})}, readme)


def _about(files: Mapping[str, bytes], address: str) -> str:
    kinds = sorted({f"{path.partition('/')[0]}/" for path in files if "/" in path})
    width = max(map(len, kinds), default=0) + 2
    return "\n".join(
        (
            f"The files that stand below {address}",
            "",
            "On top stands the package: every count (observations.csv), what each file holds (datapackage.json), and the",
            "proof that hidden figures cannot be worked out (certificate.json). Beside it stand what changed, and how to cite it.",
            *(f"  {kind:<{width}}{_KINDS[kind]}" for kind in kinds),
            "",
            "Left out, because this archive would hold them twice: web pages, which show the tables, and pictures as PNG,",
            "which are the drawings of the same name. Both stand on the site.",
            "",
            "To check that nothing was changed, where this was unpacked:",
            f"  sha256sum -c {EVERY}    every file",
            f"  sha256sum -c {CHECKSUMS}           the package alone",
            f"  sha256sum -c {FROZEN}     files made from the package that never change a byte",
            "",
        )
    )
