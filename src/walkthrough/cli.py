"""The command line: ``walkthrough check``, ``accept``, ``affected`` and ``claims``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from walkthrough.settings import Settings, SettingsError, named_pages, read_settings

_ABOUT = """\
Guides that cannot go stale: what their sentences say is walked in a browser, drift is found and mended.

  walkthrough check              walk what has changed; say so where nothing has
  walkthrough accept --dry-run   show how what was found would be mended
  walkthrough accept             mend sentences, pictures and evidence
  walkthrough affected           which steps a change of the product touches
  walkthrough claims             what the pages claim and no walkthrough proves
"""
_STATUS = "Exit status: 0 fine, 1 {one}, 2 an error."
_CHECK = """\
Walk the pages that are not as they were when they were last found true.

  walkthrough check                        all pages
  walkthrough check docs/login.md          one page
  walkthrough check --since main           the steps that the changes since a revision touch, and those before them
  walkthrough check --all -n 2 -- -v       everything, on two workers; what follows -- goes to pytest
"""
_ACCEPT = """\
Accept what the last run found: mend the label in the sentence, its mentions on the page, the pictures and the evidence.
No browser is started. What is not certain is refused, with what to do by hand.

  walkthrough accept --dry-run             show everything that would be written
  walkthrough accept docs/login.md         one page
  walkthrough accept docs/login.md:51      the step at a line
  walkthrough accept docs/login.md:sign-up:4   the same, by walkthrough and number
"""
_AFFECTED = """\
List the steps and pictures that a change touches. Which files a step is made of is known from its last run.

  walkthrough affected                     what is not committed yet
  walkthrough affected --since main        everything since a revision
"""
_CLAIMS = """\
List what the pages quote and no walkthrough executes, and which controls of the visited pages no page mentions.

  walkthrough claims                       all pages
  walkthrough claims docs/login.md --json  one page, for machines
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status: 0, 1 where something drifted or was refused, 2 for an error."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    at = words.index("--") if "--" in words else len(words)
    options = _parser().parse_args(words[:at])
    options.pytest = words[at + 1 :]
    if options.pytest and options.command != "check":
        print(f"walkthrough {options.command}: what follows -- goes to pytest, which only check runs", file=sys.stderr)
        return 2
    try:
        return int(options.run(read_settings(), options))
    except SettingsError as error:
        print(f"walkthrough: {error}", file=sys.stderr)
        return 2


def _check(settings: Settings, options: argparse.Namespace) -> int:
    from walkthrough.check import check  # noqa: PLC0415 - each command imports what it needs, and no more
    from walkthrough.evidence import EvidenceError  # noqa: PLC0415
    from walkthrough.git import GitError  # noqa: PLC0415
    from walkthrough.model import GuideError  # noqa: PLC0415

    try:
        return check(settings, options)
    except (GitError, GuideError, EvidenceError) as error:
        print(error, file=sys.stderr)
        return 2


def _accept(settings: Settings, options: argparse.Namespace) -> int:
    from walkthrough.accept.command import accept  # noqa: PLC0415
    from walkthrough.accept.target import TargetError  # noqa: PLC0415
    from walkthrough.outcome import OutcomeError  # noqa: PLC0415

    try:
        return accept(settings, options)
    except (TargetError, OutcomeError, OSError) as error:
        print(error, file=sys.stderr)
        return 2


def _affected(settings: Settings, options: argparse.Namespace) -> int:
    from walkthrough.affected import find_affected  # noqa: PLC0415
    from walkthrough.git import GitError  # noqa: PLC0415
    from walkthrough.model import GuideError  # noqa: PLC0415

    try:
        affected = find_affected(settings, options.since)
    except (GitError, GuideError) as error:
        print(error, file=sys.stderr)
        return 2
    steps = affected.steps
    if affected.note:
        print(affected.note, file=sys.stderr)
    if options.json:
        print(json.dumps([asdict(each) for each in steps], indent=1, ensure_ascii=False))
        return 0
    for each in steps:
        pictures = f"  {', '.join(each.pictures)}" if each.pictures else ""
        print(f"{each.where}  {each.walkthrough}, step {each.number}{pictures}  because of {', '.join(each.because)}")
    if not steps:
        print(f"No step is affected by what has changed since {options.since}.")
    return 0


def _claims(settings: Settings, options: argparse.Namespace) -> int:
    from walkthrough.claims import read_claims, render, text_of_others, unmentioned  # noqa: PLC0415
    from walkthrough.evidence import EvidenceError  # noqa: PLC0415
    from walkthrough.model import GuideError  # noqa: PLC0415

    found = []
    try:
        for page in named_pages(settings, options.pages):
            found.append(read_claims(settings.root, page, settings.other_roles))
    except (GuideError, EvidenceError) as error:
        print(error, file=sys.stderr)
        return 2
    elsewhere = text_of_others(settings, {each.page for each in found})
    if options.json:
        pages = [
            {"page": each.page, "ratio": round(each.ratio, 4), "claims": [asdict(claim) for claim in each.claims]}
            for each in found
        ]
        silent = [asdict(each) for each in unmentioned(found, elsewhere)]
        print(json.dumps({"pages": pages, "unmentioned": silent}, indent=1, ensure_ascii=False))
    else:
        print(render(found, elsewhere), end="")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="walkthrough", description=_ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")

    def command(name: str, about: str, one: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(
            name,
            help=about.splitlines()[0],
            description=about,
            epilog=_STATUS.format(one=one),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        return made

    each = command("check", _CHECK, "drift")
    each.set_defaults(run=_check)
    each.add_argument("pages", nargs="*", metavar="PAGE", help="pages, or folders of pages; all where none is named")
    each.add_argument("--since", metavar="REV", help="only what the changes since a revision of git touch")
    each.add_argument("--all", action="store_true", help="walk everything, whether it has changed or not")
    each.add_argument("--dry-run", action="store_true", help="only say what is to be walked; status 1 if anything is")
    each.add_argument("-n", "--numprocesses", metavar="N", help="walk side by side on N workers (pytest-xdist)")

    each = command("accept", _ACCEPT, "something was refused")
    each.set_defaults(run=_accept)
    each.add_argument(
        "targets", nargs="*", metavar="TARGET", help="a page, PAGE:LINE, PAGE:WALKTHROUGH or PAGE:WALKTHROUGH:STEP"
    )
    each.add_argument("--dry-run", action="store_true", help="print what would be written, and write nothing")
    each.add_argument("--yes", action="store_true", help="mend pages that have edits which are not committed, too")

    each = command("affected", _AFFECTED, "never")
    each.set_defaults(run=_affected)
    each.add_argument("--since", metavar="REV", default="HEAD", help="a revision of git; default: %(default)s")
    each.add_argument("--json", action="store_true", help="print a list for machines")

    each = command("claims", _CLAIMS, "never")
    each.set_defaults(run=_claims)
    each.add_argument("pages", nargs="*", metavar="PAGE", help="pages, or folders of pages; all where none is named")
    each.add_argument("--json", action="store_true", help="print everything for machines, with what is proven")
    return parser


if __name__ == "__main__":
    sys.exit(main())
