"""What there is to say about the word at the cursor."""

from __future__ import annotations

import re

from dofile import BANNER
from dofile.errors import DoError
from dofile.kernel.complete import Place, place
from dofile.kernel.known import Known
from dofile.table import CONTROL, Option, Spec, find


def describe(code: str, cursor: int, known: Known) -> str | None:
    """Return what the word around the cursor means there; None where it means nothing known."""
    start = len(code[:cursor]) - len(re.findall(r"\w*\Z", code[:cursor])[0])
    word = re.match(r"\w*", code[start:])
    if word is None or not word[0]:
        return None
    at, name = place(code[: start + len(word[0])]), word[0]
    if code[:start].endswith("`"):
        return _macro(f"local {name}", known.locals.get(name))
    if re.search(r"\$\{?\Z", code[:start]):
        return _macro(f"global {name}", known.globals.get(name))
    return _command(at, name) or _option(at, name) or known.variables.get(name)


def _macro(name: str, content: str | None) -> str | None:
    return None if content is None else f"{name}: {content}"


def _command(at: Place, name: str) -> str | None:
    if not at.starts_command:
        return None
    if name in CONTROL:
        return f"{CONTROL[name]}\n\n{BANNER}"
    try:
        return _manual(find(name))
    except DoError:
        return None


def _option(at: Place, name: str) -> str | None:
    if at.spec is None or "," not in at.before:
        return None
    try:
        return f"{at.spec.name}, {_option_line(at.spec.option(name))}"
    except DoError:
        return None


def _manual(spec: Spec) -> str:
    """Return a command's help, as the table has it."""
    parts = [f"{spec.help}\n\n{spec.syntax}"]
    if spec.letters < len(spec.name):
        parts.append(f"Shortest: {spec.name[: spec.letters]}")
    if spec.options:
        parts.append("Options:\n" + "\n".join(f"  {_option_line(option)}" for option in spec.options))
    parts += [f"Leaves in {kind}(): {', '.join(names)}" for kind, names in (("r", spec.r), ("e", spec.e)) if names]
    if spec.refuses:
        parts.append(f"Refuses: {spec.refuses}")
    return "\n\n".join([*parts, BANNER])


def _option_line(option: Option) -> str:
    value = f"({option.value})" if option.value else ""
    return f"{option.name}{value}: {option.help}"
