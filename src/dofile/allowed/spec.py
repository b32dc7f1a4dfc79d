"""How the table describes a command and its options."""

from __future__ import annotations

from dataclasses import dataclass

from dofile import errors

IF_IN = ("if", "in")
BY = ("if", "in", "by")


@dataclass(frozen=True)
class Option:
    """An option: `short` is how many letters are enough, `value` what stands in its parentheses.

    Kinds of value: "" (none, the option is a flag), "integer", "number", "variable", "variables", "new" (a new
    variable's name), "text", or words to choose from, with `|` between them.
    """

    name: str
    help: str
    short: int = 0
    value: str = ""
    required: bool = False
    default: str | None = None

    @property
    def letters(self) -> int:
        """How many letters of the name are enough."""
        return self.short or len(self.name)


@dataclass(frozen=True)
class Spec:
    """A command. `takes` says what follows its name, before `if`, `in`, `using` and the options.

    "nothing"; "variables" (`least` to `most` of them; none at all means all of them where `all` is true); "terms"
    (variables, with i., ib#. and c. before them, and interactions of two, a#b and a##b); "raw" (the command reads
    `Call.text` itself). `allows` says which of if, in and by it may have; `exp` whether = and an expression are needed;
    `using` is "", "optional" or "required"; `r` and `e` name the results that it leaves.
    """

    name: str
    help: str
    syntax: str
    short: int = 0
    takes: str = "nothing"
    least: int = 0
    most: int = 10_000
    all: bool = False
    exp: bool = False
    allows: tuple[str, ...] = ()
    using: str = ""
    options: tuple[Option, ...] = ()
    r: tuple[str, ...] = ()
    e: tuple[str, ...] = ()
    refuses: str = ""
    family: str = "data"

    @property
    def letters(self) -> int:
        """How many letters of the name are enough."""
        return self.short or len(self.name)

    def option(self, word: str) -> Option:
        """Return the option that a word means. Raises r(198) where it means none."""
        for option in self.options:
            if word == option.name or (len(word) >= option.letters and option.name.startswith(word)):
                return option
        raise errors.option_not_allowed(word)
