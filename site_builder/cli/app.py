"""The verbs: parse, call one function, say the result, exit. Imports live inside the verb, so that help is quick."""

from __future__ import annotations

import gc
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from site_builder import __version__
from site_builder.cli import session as sessions
from site_builder.cli.reports import formats
from site_builder.cli.session import Report, Session
from site_builder.cli.terminal import busy
from site_builder.cli.wording import printable
from site_builder.release.withdrawals import Reason
from site_builder.vocabulary.place import load_place, settle
from site_builder.vocabulary.planes import Visibility

app = typer.Typer(
    cls=sessions.Verbs,
    name="site-builder",
    help="London Safeguarding Benchmarks: check returns, make safe releases, build the site.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback with locals would print counts
    rich_markup_mode=None,
)

Returns = Annotated[
    list[Path] | None, typer.Option("--returns", help="Folder of returns; may be given more than once.")
]
Day = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day to take as today.")]
Form = Annotated[
    str,
    typer.Option(
        "--format", parser=sessions.format_named, metavar="|".join(formats()), help="How findings are written."
    ),
]
Reports = Annotated[
    list[Report] | None,
    typer.Option(
        "--report",
        parser=sessions.report_to,
        metavar="FORMAT:FILE",
        help="Write the findings to this file, too; may be given more than once.",
    ),
]


@app.callback()
def options(
    ctx: typer.Context,
    root: Annotated[Path | None, typer.Option(help="The checkout to work on.")] = None,
    form: Form = sessions.PLAIN,
    output: Annotated[
        Path | None,
        typer.Option(parser=sessions.file_to_write, metavar="<path>", help="Write the result to this file."),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Options that every verb understands."""
    ctx.obj = Session(sessions.find_root(root), form, output)
    settle(load_place(ctx.obj.root))  # before a verb imports what is written in its words
    if version:
        ctx.obj.say(__version__)
        raise typer.Exit


@app.command()
def check(
    ctx: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(help="Folders of returns; all when none is named.")] = None,
    returns: Returns = None,
    workers: Annotated[int, typer.Option(help="Processes to use.", min=1)] = 1,
    stub: Annotated[bool, typer.Option("--stub", help="Add an empty explanation for each open query.")] = False,
    cache: Annotated[bool, typer.Option(help="Keep what was found in a return, for the next check.")] = True,
    changed_since: Annotated[
        str | None, typer.Option(metavar="REF", help="Only what changed since this commit, and whether it may.")
    ] = None,
    author: Annotated[str | None, typer.Option(help="With --changed-since: the account that sends the change.")] = None,
    on: Day = None,
    each: Annotated[bool, typer.Option("--each", help="Check each changed return once more on its own.")] = False,
    report: Reports = None,
) -> None:
    """Check returns, and say in plain words what is wrong and how to mend it."""
    from site_builder.cli import checks
    from site_builder.cli.plane import visibility
    from site_builder.confidential.checking import check_returns

    session = _session(ctx, report)
    roots = _roots(session, returns)
    if changed_since is not None or author is not None or each:
        _check_changes(session, roots, changed_since, author, on, each=each, named=bool(paths) or stub)
    with busy("Checking returns"):
        seen = visibility(session.root, roots)
        result = check_returns(session.root, roots, seen, packages=paths, workers=workers, cached=cache)
    words = checks.stubbed(session.root, result.asked) if stub else ""
    session.finish(result.findings, words, packages=result.folders)


@app.command()
def hook(
    ctx: typer.Context,
    which: Annotated[str, typer.Argument(metavar="pre-push", help="The hook of git that calls this.")],
    remote: Annotated[str, typer.Argument(help="The remote's name, as git gives it.")],
    address: Annotated[str, typer.Argument(help="The remote's address, as git gives it.")],
) -> None:
    """Stop a push that would give something away: a real return to a place that is not private, a workbook to any."""
    from site_builder.cli.pushing import check_push

    if which != "pre-push":
        raise typer.BadParameter("the only hook is pre-push.")
    session: Session = ctx.obj
    findings = check_push(session.root, address, sys.stdin)
    session.finish(findings, f"The push to {printable(remote)} was stopped." if findings else "")


@app.command()
def new(
    ctx: typer.Context,
    submitter: Annotated[str, typer.Argument(help="The borough's name as in addresses, such as barnet.")],
    period: Annotated[str, typer.Argument(help="A quarter such as 2024-25-Q1, or a year such as 2024-25.")],
    repair: Annotated[bool, typer.Option("--repair", help="Restore a damaged description; figures stay.")] = False,
) -> None:
    """Make the folder of a new return: the description, and a row for everything that is due."""
    from site_builder.cli.plane import visibility
    from site_builder.confidential.newfolder import make_folder

    session: Session = ctx.obj
    folder, names = make_folder(session.root, submitter, period, visibility(session.root), repair=repair)
    session.say(f"{folder}: {', '.join(names)}. Fill in return.csv, then run site-builder check {folder}.")


@app.command("init-returns")
def init_returns(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="An empty folder outside this checkout.")],
    boroughs: Annotated[
        str, typer.Option("--areas", "--boroughs", help="all, or names as in addresses, with commas between.")
    ] = "all",
    remote: Annotated[str | None, typer.Option(metavar="URL", help="The only address it may be pushed to.")] = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Renew what a standing one took from here.")] = False,
) -> None:
    """Write a private repository for real returns, with its workflows, its hook and its runbook."""
    from site_builder.cli import instancing

    session: Session = ctx.obj
    if refresh and (boroughs != instancing.EVERY or remote):
        raise typer.BadParameter("--refresh goes without --areas and --remote.")
    if refresh:
        session.say(instancing.refresh(session.root, folder))
    else:
        session.say(instancing.start(session.root, folder, boroughs, remote))


@app.command()
def template(
    ctx: typer.Context,
    submitter: Annotated[str, typer.Argument(help="The borough's name as in addresses, such as barnet.")],
    period: Annotated[str, typer.Argument(help="A quarter such as 2024-25-Q1, or a year such as 2024-25.")],
    out: Annotated[Path | None, typer.Option("--out", help="The workbook to write; it must not be there yet.")] = None,
) -> None:
    """Write the Excel workbook of a return, with what is in its folder already. It is for filling in, not for git."""
    from site_builder.cli.plane import held_by, visibility
    from site_builder.confidential.workbooks.steps import make_template

    session: Session = ctx.obj
    told = make_template(session.root, submitter, period, visibility(session.root, held_by(out or Path.cwd())), out)
    session.finish(told.findings, told.words)


@app.command()
def convert(
    ctx: typer.Context,
    workbook: Annotated[Path, typer.Argument(help="The workbook that was filled in; with --tidy also a CSV.")],
    out: Annotated[Path | None, typer.Option("--out", help="The folder of the return; its own when none.")] = None,
    tidy: Annotated[
        bool, typer.Option("--tidy", help="Put right what a spreadsheet does to a CSV; needs --out.")
    ] = False,
    report: Reports = None,
) -> None:
    """Turn a filled-in workbook into the files of its return. Nothing is written if there is any error."""
    from site_builder.cli.plane import held_by, visibility
    from site_builder.confidential.workbooks.steps import convert_file

    session = _session(ctx, report)
    told = convert_file(session.root, workbook, visibility(session.root, held_by(out)), out, tidy=tidy)
    session.finish(told.findings, told.words)


@app.command()
def release(
    ctx: typer.Context,
    release_id: Annotated[str | None, typer.Argument(help="Such as 2024-25-Q2; all that are due when none.")] = None,
    returns: Returns = None,
    on: Day = None,
    draft: Annotated[Path | None, typer.Option(help="Write the package here instead; the ledger stays.")] = None,
    resolve: Annotated[bool, typer.Option("--resolve", help="Search again which cells to hide.")] = False,
    report: Reports = None,
) -> None:
    """Make a release from the returns. It is written only if no hidden figure can be worked out."""
    from site_builder.cli.plane import held_by, visibility
    from site_builder.cli.releasing import release_due, release_one

    session = _session(ctx, report)
    roots, day = _roots(session, returns), on.date() if on else None
    seen = visibility(session.root, [*roots, *held_by(draft)])
    with busy("Making releases"):
        if release_id is None:
            words, findings = release_due(session.root, roots, seen, day, draft)
        else:
            words, findings = release_one(session.root, roots, seen, release_id, day, draft, resolve)
    session.finish(findings, words)


@app.command()
def withdraw(
    ctx: typer.Context,
    release_id: Annotated[str, typer.Argument(help="The newest release that stands, such as 2024-25-Q4.")],
    figures: Annotated[
        Path, typer.Option(help="What must never be shown again: a CSV of indicator, area, period.", exists=True)
    ],
    reason: Annotated[Reason, typer.Option(help="What was wrong; the public is told in these words.")],
    on: Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="The day of the withdrawal.")],
) -> None:
    """Take back a release that showed what must stay hidden. To mend an error make a correction instead."""
    from site_builder.cli.plane import held_by, visibility
    from site_builder.cli.withdrawing import withdraw_in_words

    session: Session = ctx.obj
    seen = visibility(session.root, held_by(figures.parent))
    session.say(withdraw_in_words(session.root, release_id, figures, reason, on.date(), seen))


@app.command()
def audit(
    ctx: typer.Context,
    releases: Annotated[list[str] | None, typer.Argument(help="Release ids, or folders of packages.")] = None,
    insiders: Annotated[bool, typer.Option("--insiders", help="What could each borough work out? Private.")] = False,
    pairs: Annotated[bool, typer.Option("--pairs", help="With --insiders: every two boroughs together, too.")] = False,
    returns: Returns = None,
    site: Annotated[Path | None, typer.Option("--site", help="Compare this built site with its releases.")] = None,
    certificates: Annotated[
        bool, typer.Option("--witnesses-only", help="Check the certificates, and leave the attack out.")
    ] = False,
    before: Annotated[
        Path | None, typer.Option("--before", help="Releases as they stood: each must be there still, unchanged.")
    ] = None,
    report: Reports = None,
) -> None:
    """Prove every release again from its public files alone: try to work out each hidden figure."""
    from site_builder.cli.auditing import audit_in_words, refuse_rewritten
    from site_builder.cli.insiding import insiders_in_words
    from site_builder.cli.plane import visibility
    from site_builder.cli.sweeping import sweep_in_words
    from site_builder.release.releases import RELEASES

    session = _session(ctx, report)
    if not insiders and (pairs or returns):
        raise typer.BadParameter("--pairs and --returns go with --insiders.")
    if before:
        refuse_rewritten(session.root / RELEASES, before)
    with busy("Working out what a reader could"):
        if site:
            words, findings = sweep_in_words(session.root, site)
        elif insiders:
            roots = _roots(session, returns)
            seen = visibility(session.root, roots)
            words, findings = insiders_in_words(session.root, releases or [], roots, seen, pairs=pairs)
        else:
            words, findings = audit_in_words(session.root, releases or [], attacked=not certificates)
    session.finish(findings, words)


@app.command("import")
def import_(
    ctx: typer.Context,
    source: Annotated[str | None, typer.Argument(help="The source that the mapping names, such as dfe-cin.")] = None,
    files: Annotated[list[Path] | None, typer.Argument(help="The publisher's files or folders.", exists=True)] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="The mapping file of this release.", exists=True, dir_okay=False)
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="Only say what the files are; write nothing.")] = False,
    catalogue: Annotated[
        bool, typer.Option("--catalogue", help="Put definitions that it makes among the indicators.")
    ] = False,
) -> None:
    """Turn a publisher's open data into one of our packages. Nothing is guessed. Without a source: what can be read."""
    from site_builder.cli.importing import import_in_words, list_in_words

    session: Session = ctx.obj
    if source is None or listed:
        words, findings = list_in_words(session.root, [*([Path(source)] if source else []), *(files or [])])
    elif mapping is None or not files:
        raise typer.BadParameter("name the files and their mapping, or say --list to see what they are.")
    else:
        words, findings = import_in_words(session.root, source, files, mapping, catalogue=catalogue)
    session.finish(findings, words)


@app.command()
def build(
    ctx: typer.Context,
    out: Annotated[Path | None, typer.Option(help="The folder to build into; build/ when none is named.")] = None,
    draft: Annotated[Path | None, typer.Option(help="A preview with this draft as the newest release.")] = None,
    record: Annotated[
        str | None, typer.Option(help="First write down what this release's downloads are; they stay so for good.")
    ] = None,
) -> None:
    """Build the site from releases, national packages, content and templates. Returns are never opened."""
    from site_builder.cli.plane import held_by, visibility
    from site_builder.published.build import build_site
    from site_builder.published.records import unrecorded
    from site_builder.published.settings import load_settings
    from site_builder.published.write import write_site

    session: Session = ctx.obj
    folder = out or session.root / "build"
    if record is not None:
        _write_down(session, record)
    with busy("Building the site"):
        seen = visibility(session.root, held_by(draft, folder)) if draft else Visibility.PUBLIC
        site = build_site(session.root, draft, seen)
        report = write_site(site, folder, budget=load_settings(session.root).size_budget_mb * 1_000_000)
    session.say(
        f"{report.written} files written, {report.unchanged} left as they were, {report.removed} removed; "
        f"{report.size / 1e6:.1f} MB in all.\nOpen {folder / 'index.html'}"
    )
    for release in () if draft else unrecorded(session.root):
        session.say(
            f"Not written down yet: the downloads of {release}. Run site-builder build --record {release} once."
        )


def _write_down(session: Session, release: str) -> None:
    """Write down what the downloads of a release are, and say where."""
    from site_builder.published.build import downloads_of
    from site_builder.published.records import record

    with busy("Making the downloads"):
        digests = downloads_of(session.root, release)
    path = record(session.root, release, digests).relative_to(session.root)
    session.say(f"{path}: {len(digests)} files. Commit it with the release; a build that would change one is refused.")


@app.command()
def card(
    ctx: typer.Context,
    submitter: Annotated[str, typer.Argument(help="The borough's name as in addresses, such as barnet.")],
    draft: Annotated[Path, typer.Option(help="The folder of a draft, as release --draft writes it.")],
    before: Annotated[str | None, typer.Option(help="The release to compare with; the last one when none.")] = None,
) -> None:
    """Say in Markdown what a draft would show of one borough, and what it would hide. No return is opened."""
    from site_builder.cli.carding import card_in_words
    from site_builder.cli.plane import held_by, visibility

    session: Session = ctx.obj
    session.say(card_in_words(session.root, submitter, draft, before, visibility(session.root, held_by(draft))))


@app.command()
def serve(ctx: typer.Context, port: Annotated[int, typer.Option(help="Port on this machine.")] = 8000) -> None:
    """Preview the site on this machine alone, and reload the page after each change."""
    from site_builder.published.build import inputs_of, preview_site
    from site_builder.published.serve import HOST
    from site_builder.published.serve import serve as serve_site

    session: Session = ctx.obj
    session.say(f"http://{HOST}:{port}/  (stop with Ctrl+C)")
    serve_site(
        lambda: preview_site(session.root),
        inputs_of(session.root),
        port,
        lambda error: typer.echo(sessions.explain_failure(error), err=True),
    )


@app.command()
def changes(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(help="The earlier release.")],
    new_: Annotated[str, typer.Argument(metavar="NEW", help="The later release.")],
    table: Annotated[bool, typer.Option("--csv", help="As a table instead of words.")] = False,
) -> None:
    """Say what differs between two releases. Old and new values only where both were printed."""
    from site_builder.published.build import changes_between

    session: Session = ctx.obj
    session.say(changes_between(session.root, old, new_, as_table=table))


@app.command()
def explain(
    ctx: typer.Context,
    code: Annotated[str | None, typer.Argument(help="The code of a rule, such as V601.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every rule.")] = False,
    machine: Annotated[bool, typer.Option("--json", help="As the site reads them.")] = False,
) -> None:
    """Explain a rule: what it checks, why it matters, an example, how to fix it."""
    from site_builder.cli import explain as rules

    session: Session = ctx.obj
    if machine:
        session.say(sessions.as_json(rules.for_machines()))
    elif every or code is None:
        session.say("\n".join(rules.in_words(rule) for rule in rules.every_rule().values()))
    else:
        session.say(rules.in_words(rules.find(code)))


def _session(ctx: typer.Context, reports: list[Report] | None) -> Session:
    session: Session = ctx.obj
    session.reports = tuple(reports or ())
    return session


def _roots(session: Session, given: list[Path] | None) -> list[Path]:
    return given or [session.root / "datapackages/returns"]


def _check_changes(
    session: Session,
    roots: list[Path],
    since: str | None,
    author: str | None,
    on: datetime | None,
    *,
    each: bool,
    named: bool,
) -> NoReturn:
    """Check what a pull request changed, and end."""
    from site_builder.cli.plane import day_of_event, visibility
    from site_builder.cli.scoping import Asked, check_changes

    if since is None or author is None or named:
        raise typer.BadParameter("--changed-since, --author and --each go together, without folders and --stub.")
    if len(roots) != 1:
        raise typer.BadParameter("--changed-since looks at one repository: name one folder of returns.")
    day = on.date() if on else day_of_event()
    if day is None:
        raise typer.BadParameter("say with --on which day to take as today.")
    with busy("Checking what changed"):
        judged = check_changes(session.root, roots[0], visibility(session.root, roots), Asked(since, author, day, each))
    session.finish(
        judged.findings, "" if judged.folders or judged.findings else "No return has changed.", judged.folders
    )


def main() -> None:
    """The command ``site-builder``."""
    # vl-convert measures text with the fonts it carries: an installed copy would change a picture's bytes.
    os.environ.setdefault("FONTCONFIG_FILE", str(Path(__file__).with_name("no-system-fonts.conf")))
    # A run makes millions of small objects that live to its end; looking for cycles among them is a sixth of its time.
    gc.set_threshold(200_000, 20, 20)
    sessions.run(app)


if __name__ == "__main__":
    main()
