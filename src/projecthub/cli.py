"""The command line: ``projecthub serve`` runs a hub until Ctrl-C, ``projecthub invite`` invites to a running one."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from projecthub.errors import AlreadySignedUp, HubError
from projecthub.project import Invitation
from projecthub.server import ProjectHub, invite
from projecthub.state import running


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status: 0, or 1 with a message where something is not right."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except HubError as error:
        print(f"projecthub: {error}", file=sys.stderr)
        return 1


def serve(options: argparse.Namespace) -> int:
    """Run a hub until it is told to stop."""
    # Both are asked for in the same way, and both wait until everything has stopped.
    signal.signal(signal.SIGTERM, _stop)
    try:
        with ProjectHub(
            state=options.state,
            project=options.project,
            port=options.port,
            overlay=options.overlay,
            files=options.files,
        ) as hub:
            _tell(hub, [_invited(hub, email) for email in options.invite], temporary=options.state is None)
            hub.wait()
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
    return 0


def invite_one(options: argparse.Namespace) -> int:
    """Invite a person to the hub that runs on a state folder."""
    kept = running(options.state.expanduser().absolute())
    invitation = invite(f"http://127.0.0.1:{kept.accounts_port}/", kept.api_token, options.email)
    mailbox = f"http://127.0.0.1:{kept.mailbox_port}/"
    print(f"Invited {invitation.email} as {invitation.username}; the e-mail is at {mailbox}")
    return 0


def _invited(hub: ProjectHub, email: str) -> str:
    try:
        invitation: Invitation = hub.invite(email)
    except AlreadySignedUp:
        return f"{email} (signed up already)"
    return f"{invitation.email} (the invitation is in the mailbox)"


def _tell(hub: ProjectHub, invited: list[str], *, temporary: bool) -> None:
    facts = [
        ("JupyterHub", hub.url),
        ("Mailbox", hub.mailbox_url),
        ("State", f"{hub.state}" + (" (temporary: removed at the end)" if temporary else "")),
        *(("Invited", person) for person in invited),
    ]
    lines = [f"Project {hub.project.number}: {hub.project.title}"]
    lines += [f"  {name:<11} {value}" for name, value in facts]
    print("\n".join([*lines, "Press Ctrl-C to stop."]), flush=True)


def _stop(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _port(value: str) -> int:
    if not value.isdigit() or not 0 <= int(value) < 65536:
        raise argparse.ArgumentTypeError(f"expected a port, 0 to 65535; found {value!r}")
    return int(value)


def _number(value: str) -> str:
    if not (value.isascii() and value.isdigit() and len(value) <= 12):
        raise argparse.ArgumentTypeError(f"expected digits only, such as 50123; found {value!r}")
    return value


def _email(value: str) -> str:
    name, _, domain = value.partition("@")
    if not name or not domain or " " in value:
        raise argparse.ArgumentTypeError(f"expected an address such as jdoe@research.example; found {value!r}")
    return value


def _folder(value: str) -> Path:
    if not Path(value).is_dir():
        raise argparse.ArgumentTypeError(f"expected a folder that exists; found {value!r}")
    return Path(value)


def _existing(value: str) -> Path:
    if not Path(value).exists():
        raise argparse.ArgumentTypeError(f"expected a file or folder that exists; found {value!r}")
    return Path(value)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="projecthub", description="One project's JupyterHub, on this machine.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("serve", help="run a hub until Ctrl-C")
    command.set_defaults(run=serve)
    command.add_argument("--project", type=_number, default="50123", metavar="NUMBER", help="default: %(default)s")
    command.add_argument("--state", type=Path, metavar="DIR", help="keep everything here (default: a temporary folder)")
    command.add_argument("--port", type=_port, default=0, help="the hub's port (default: the state's, or a free one)")
    command.add_argument("--invite", type=_email, action="append", default=[], metavar="EMAIL", help="repeatable")
    command.add_argument("--overlay", type=_folder, metavar="DIR", help="a folder of templates that win over ours")
    command.add_argument(
        "--files",
        type=_existing,
        action="append",
        default=[],
        metavar="PATH",
        help="a file or folder that the project's shared folder begins with; repeatable",
    )
    command = commands.add_parser("invite", help="invite a person to a running hub")
    command.set_defaults(run=invite_one)
    command.add_argument("email", type=_email, metavar="EMAIL")
    command.add_argument("--state", type=Path, required=True, metavar="DIR", help="the running hub's state folder")
    return parser


if __name__ == "__main__":
    sys.exit(main())
