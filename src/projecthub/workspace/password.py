"""The command ``change-password``, for the terminals of a workspace.

It asks for the passwords, so that none is ever on a command line, in the environment or on the screen, and sends
them to the accounts console. The exit status is 0 after the change, 1 where the password stays, with the reason, and
2 where the command cannot run here.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
import warnings
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

_TIMEOUT = 30.0


class Unusable(Exception):
    """The command cannot run here; the message says why."""


class Unchanged(Exception):
    """The password stays; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(
        prog="change-password",
        description="Change the password with which you sign in. It asks for the present one and for the new one.",
    )
    # What was given is not repeated: it can be a password.
    if parser.parse_known_args(arguments)[1]:
        return _refuse("it takes no arguments, and asks for the passwords itself", 2)
    try:
        url, username = _whose(os.environ)
        current, new = _ask(username)
        _send(url, {"username": username, "current_password": current, "new_password": new})
    except Unusable as error:
        return _refuse(str(error), 2)
    except Unchanged as error:
        return _refuse(str(error), 1)
    except (EOFError, KeyboardInterrupt):
        print(file=sys.stderr)
        return _refuse("Stopped; the password stays as it was.", 1)
    print("The password is changed. Use the new one from the next sign-in on.")
    return 0


def _refuse(reason: str, status: int) -> int:
    print(f"change-password: {reason}", file=sys.stderr)
    return status


def _whose(environment: Mapping[str, str]) -> tuple[str, str]:
    """Return the accounts console's address and the user name, which each workspace is told."""
    names = ("PROJECTHUB_ACCOUNTS_URL", "JUPYTERHUB_USER")
    if missing := [name for name in names if not environment.get(name)]:
        raise Unusable(f"{' and '.join(missing)} not set; run this in a terminal of your JupyterHub workspace")
    url, username = (environment[name] for name in names)
    if urlsplit(url).scheme not in ("http", "https") or not url.endswith("/"):
        raise Unusable(f"{names[0]} is {url!r}; expected an http or https address that ends with /")
    return url, username


def _ask(username: str) -> tuple[str, str]:
    """Ask for the present password and, twice, for the new one, without showing what is typed."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            current = getpass.getpass(f"Present password of {username}: ")
            new = getpass.getpass("New password: ")
            again = getpass.getpass("New password again: ")
        except getpass.GetPassWarning:
            raise Unusable("no terminal here that could hide what is typed; run this in a terminal") from None
    if new != again:
        raise Unchanged("The new password and its repetition differ. The password stays as it was.")
    return current, new


def _send(url: str, form: dict[str, str]) -> None:
    """Have the accounts console make the change; raise `Unchanged` with its reason where it does not."""
    body = json.dumps(form).encode()
    request = Request(f"{url}password/", data=body, headers={"Content-Type": "application/json"})
    try:
        # The console belongs to this hub: the passwords go there by no detour.
        with build_opener(ProxyHandler({})).open(request, timeout=_TIMEOUT) as answer:
            status = answer.status
    except HTTPError as error:
        with error:
            raise Unchanged(_reason(error)) from None
    except (OSError, HTTPException) as error:
        why = getattr(error, "reason", error)
        raise Unchanged(f"The accounts console does not answer ({why}). Try again later.") from None
    if status != HTTPStatus.NO_CONTENT:
        raise Unchanged(f"The accounts console answered {status}, which means nothing here. Try again later.")


def _reason(error: HTTPError) -> str:
    try:
        return str(json.load(error)["error"])
    except (ValueError, KeyError, TypeError):
        return f"The accounts console answered {error.code}. Try again later."


if __name__ == "__main__":
    sys.exit(main())
