"""What the engine refuses, each with the return code and the words that users know."""

from __future__ import annotations

from dataclasses import dataclass


class DoError(Exception):
    """A command that was refused: `code` as in r(code), and `where`, the line of the do-file (0: not known)."""

    def __init__(self, code: int, message: str, where: int = 0) -> None:
        super().__init__(code, message, where)
        self.code = code
        self.message = message
        self.where = where

    def __str__(self) -> str:
        """Return the message and the return code, on lines of their own, as they are printed."""
        return f"{self.message}\nr({self.code});" if self.message else f"r({self.code});"


@dataclass(frozen=True)
class Refusal:
    """A frequent reason: its code, its words with `{}` for a name, and why it comes. Called, it gives the error."""

    code: int
    words: str
    why: str

    def __call__(self, name: str = "") -> DoError:
        """Return the error about this name."""
        return DoError(self.code, self.words.format(name))


no_data_changed = Refusal(4, "no; dataset in memory has changed since last saved", "Data in memory would be lost.")
not_sorted = Refusal(5, "not sorted", "`by` over data in another order.")
assertion_false = Refusal(9, "assertion is false", "`assert` found contradictions.")
varlist_required = Refusal(100, "varlist required", "A command that needs variables got none.")
weights_not_allowed = Refusal(101, "weights not allowed", "Weights are outside the subset.")
too_few_variables = Refusal(102, "too few variables specified", "Fewer variables than the command needs.")
too_many_variables = Refusal(103, "too many variables specified", "More variables than the command takes.")
string_not_allowed = Refusal(
    109,
    "string variables not allowed in varlist;\n{0} is a string variable",
    "A string variable where numbers are needed.",
)
type_mismatch = Refusal(109, "type mismatch", "A string and a number meet.")
already_defined = Refusal(110, "variable {} already defined", "A new variable's name is taken.")
not_found = Refusal(111, "variable {} not found", "No variable has this name.")
ambiguous = Refusal(111, "{} ambiguous abbreviation", "More than one variable begins like this.")
no_variables = Refusal(111, "no variables defined", "There is no dataset in memory.")
value_label_not_found = Refusal(111, "value label {} not found", "No value label has this name.")
unknown_function = Refusal(133, "unknown function {}()", "A function outside the table.")
invalid = Refusal(198, "{} invalid", "A word that does not belong where it stands.")
invalid_name = Refusal(198, "{} invalid name", "Not a name that a variable can have.")
option_not_allowed = Refusal(198, "option {} not allowed", "An option outside the table.")
option_invalid = Refusal(198, "option {}() incorrectly specified", "An option whose value is not of its kind.")
option_required = Refusal(198, "option {}() required", "An option that the command needs.")
unrecognized = Refusal(199, "command {} is unrecognized", "A command outside the table.")
estimates_not_found = Refusal(301, "last estimates not found", "A command that follows an estimation, without one.")
file_not_found = Refusal(601, "file {} not found", "The file is not there.")
file_exists = Refusal(602, "file {} already exists", "The file would be overwritten.")
no_observations = Refusal(2000, "no observations", "Nothing is left to work on.")
insufficient_observations = Refusal(2001, "insufficient observations", "Too few are left to work on.")


def invalid_syntax(detail: str = "invalid syntax") -> DoError:
    """The line does not follow the command's syntax."""
    return DoError(198, detail)
