"""The reference of what the engine has, in Markdown, from the tables that it runs by.

The site's page takes it part by part, in each build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dofile import errors
from dofile.functions import FUNCTIONS
from dofile.table import CONTROL, TABLE, Option, Spec
from dofile.values import RANGES

_VALUES = {
    "integer": "a whole number",
    "number": "a number",
    "variable": "a variable",
    "variables": "variables",
    "new": "a new name",
    "text": "a text",
}


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines)


def _shortest(name: str, letters: int) -> str:
    return "" if letters >= len(name) else f"`{name[:letters]}`"


def commands(family: str) -> str:
    """Return the commands of a family, each below a heading of the third level."""
    return "\n\n".join(_command(spec) for spec in sorted(TABLE, key=lambda spec: spec.name) if spec.family == family)


def _command(spec: Spec) -> str:
    short = _shortest(spec.name, spec.letters)
    parts = [f"### {spec.name}", spec.help + (f" May be shortened to {short}." if short else "")]
    parts.append("\n".join(["```text", *spec.syntax.split("  or  "), "```"]))
    if spec.options:
        parts.append(_table(("Option", "Shortest", "Meaning"), (_option(option) for option in spec.options)))
    if "by" in spec.allows:
        parts.append("`by` and `bysort` may stand before it.")
    for name, results in (("r", spec.r), ("e", spec.e)):
        if results:
            parts.append(f"Leaves in `{name}()`: {', '.join(f'`{result}`' for result in results)}.")
    if spec.refuses:
        parts.append(f"Refused: {spec.refuses}.")
    return "\n\n".join(parts)


def _option(option: Option) -> tuple[str, str, str]:
    if not option.value:
        shown, kind = f"`{option.name}`", ""
    elif option.value in _VALUES:
        shown, kind = f"`{option.name}()`", f"; {_VALUES[option.value]}"
    else:
        words = option.value.split("|")
        shown, kind = f"`{option.name}()`", f"; {' or '.join(f'`{word}`' for word in words)}"
    need = "; needed" if option.required else f"; `{option.default}` if not given" if option.default else ""
    return shown, _shortest(option.name, option.letters), option.help + kind + need


def control(_: str = "") -> str:
    """Return the prefixes, loops and conditions."""
    rows = ((f"`{word}`", *_halves(text)) for word, text in CONTROL.items())
    return _table(("Word", "Form", "What it does"), rows)


def _halves(text: str) -> tuple[str, str]:
    form, _, meaning = text.partition(" — ")
    return ", ".join(f"`{each}`" for each in form.split("; ")), meaning


def functions(_: str = "") -> str:
    """Return the functions of expressions."""
    rows = []
    for name, function in sorted(FUNCTIONS.items(), key=lambda item: item[0].lower()):
        count = str(function.least) if function.least == function.most else f"{function.least} to {function.most}"
        rows.append((f"`{name}()`", count if function.most < 100 else f"{function.least} or more", function.help))
    return _table(("Function", "Arguments", "Gives"), rows)


def types(_: str = "") -> str:
    """Return the storage types of numbers and their ranges."""
    rows = ((f"`{kind}`", f"{low:.10g}", f"{high:.10g}") for kind, (low, high) in RANGES.items())
    return _table(("Type", "Smallest", "Largest"), rows)


def codes(_: str = "") -> str:
    """Return the return codes that more than one command has, with their words."""
    found = [error for error in vars(errors).values() if isinstance(error, errors.Refusal)]
    found.append(errors.Refusal(198, "invalid syntax", errors.invalid_syntax.__doc__ or ""))
    ordered = sorted(found, key=lambda error: (error.code, error.words))
    rows = ((f"r({error.code})", f"`{error('…').message}`".replace("\n", " "), error.why) for error in ordered)
    return _table(("Code", "Message", "Why"), rows)


PARTS: dict[str, Callable[[str], str]] = {
    "commands": commands,
    "control": control,
    "functions": functions,
    "types": types,
    "codes": codes,
}
"""The parts of the reference by name; each gets a word that says more, which only the commands need."""

FAMILIES = ("language", "data", "statistics", "graphs")
