"""Writing a site: exact, careful, and checked before anything changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.published.write import MANIFEST, Site, write_site
from site_builder.vocabulary.refusals import ConfigurationError


def site(**files: str) -> Site:
    """Pages by name; two underscores stand for a slash."""
    return {name.replace("__", "/") + ".html": text.encode().strip for name, text in files.items()}


def tree(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def test_a_second_write_of_the_same_site_changes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "build"
    first = write_site(site(index="a", x__y="b"), out)
    again = write_site(site(index="a", x__y="b"), out)
    assert (first.written, first.unchanged, first.removed) == (2, 0, 0)
    assert (again.written, again.unchanged, again.removed) == (0, 2, 0)


def test_only_what_differs_is_written_and_strays_go(tmp_path: Path) -> None:
    out = tmp_path / "build"
    write_site(site(index="a", old__page="b"), out)
    report = write_site(site(index="c", new="d"), out)
    assert (report.written, report.unchanged, report.removed) == (2, 0, 1)
    clean = tmp_path / "clean"
    write_site(site(index="c", new="d"), clean)
    assert tree(out) == tree(clean)
    assert not (out / "old").exists()


def test_a_folder_of_somebody_else_is_refused_and_untouched(tmp_path: Path) -> None:
    out = tmp_path / "letters"
    out.mkdir()
    (out / "dear.txt").write_text("mine")
    with pytest.raises(ConfigurationError) as refused:
        write_site(site(index="a"), out)
    assert refused.value.findings[0].rule == "A302"
    assert tree(out) == {"dear.txt": b"mine"}


def test_a_site_above_its_budget_is_refused_and_the_last_good_one_stays(tmp_path: Path) -> None:
    out = tmp_path / "build"
    write_site(site(index="good"), out, budget=4)
    before = tree(out)
    with pytest.raises(ConfigurationError) as refused:
        write_site(site(index="too much"), out, budget=4)
    (finding,) = refused.value.findings
    assert finding.where.file == "content/site.toml"
    assert "size_budget_mb" in finding.problem
    assert tree(out) == before


def test_a_page_that_fails_leaves_the_last_good_site(tmp_path: Path) -> None:
    out = tmp_path / "build"
    write_site(site(index="good"), out)
    before = tree(out)

    def boom() -> bytes:
        raise RuntimeError("a template is broken")

    with pytest.raises(RuntimeError):
        write_site({"index.html": lambda: b"bad", "z.html": boom}, out)
    assert tree(out) == before
    assert [p.name for p in tmp_path.iterdir()] == ["build"]


@pytest.mark.parametrize(
    "link",
    ["missing.html", "../outside.html", "index.html#nowhere", "#nowhere"],
)
def test_a_link_that_leads_nowhere_fails_the_build(tmp_path: Path, link: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        write_site(site(index=f'<a href="{link}">x</a>'), tmp_path / "build")
    assert [finding.rule for finding in refused.value.findings] == ["A301"]
    assert not (tmp_path / "build").exists() or not tree(tmp_path / "build")


def test_links_to_files_anchors_and_other_sites_hold(tmp_path: Path) -> None:
    pages = site(
        index='<a href="a/b.html#here">x</a> <a href="https://www.gov.uk/">y</a> <a href="tel:999">z</a> <p id="top"><a href="#top">t</a>',
        a__b='<p id="here"><a href="../index.html">up</a>',
    )
    assert write_site(pages, tmp_path / "build").written == 2


def test_the_manifest_lists_every_file(tmp_path: Path) -> None:
    write_site(site(index="a", b="b"), tmp_path / "build")
    listed = (tmp_path / "build" / MANIFEST).read_text().splitlines()
    assert [line.split("  ")[1] for line in listed] == ["b.html", "index.html"]
