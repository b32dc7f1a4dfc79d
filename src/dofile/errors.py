"""What the engine refuses, each with the return code and the words that users know."""

from __future__ import annotations


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


def no_data_changed() -> DoError:
    """Data in memory would be lost."""
    return DoError(4, "no; dataset in memory has changed since last saved")


def not_sorted() -> DoError:
    """`by` over data in another order."""
    return DoError(5, "not sorted")


def assertion_false() -> DoError:
    """`assert` found contradictions."""
    return DoError(9, "assertion is false")


def varlist_required() -> DoError:
    """A command that needs variables got none."""
    return DoError(100, "varlist required")


def weights_not_allowed() -> DoError:
    """Weights are outside the subset."""
    return DoError(101, "weights not allowed")


def too_few_variables() -> DoError:
    """Fewer variables than the command needs."""
    return DoError(102, "too few variables specified")


def too_many_variables() -> DoError:
    """More variables than the command takes."""
    return DoError(103, "too many variables specified")


def string_not_allowed(name: str) -> DoError:
    """A string variable where numbers are needed."""
    return DoError(109, f"string variables not allowed in varlist;\n{name} is a string variable")


def type_mismatch() -> DoError:
    """A string and a number meet."""
    return DoError(109, "type mismatch")


def already_defined(name: str) -> DoError:
    """A new variable's name is taken."""
    return DoError(110, f"variable {name} already defined")


def not_found(name: str) -> DoError:
    """No variable has this name."""
    return DoError(111, f"variable {name} not found")


def ambiguous(name: str) -> DoError:
    """More than one variable begins like this."""
    return DoError(111, f"{name} ambiguous abbreviation")


def no_variables() -> DoError:
    """There is no dataset in memory."""
    return DoError(111, "no variables defined")


def unknown_function(name: str) -> DoError:
    """A function outside the table."""
    return DoError(133, f"unknown function {name}()")


def invalid_syntax(detail: str = "invalid syntax") -> DoError:
    """The line does not follow the command's syntax."""
    return DoError(198, detail)


def invalid(what: str) -> DoError:
    """A word that does not belong where it stands."""
    return DoError(198, f"{what} invalid")


def invalid_name(name: str) -> DoError:
    """Not a name that a variable can have."""
    return DoError(198, f"{name} invalid name")


def option_not_allowed(name: str) -> DoError:
    """An option outside the table."""
    return DoError(198, f"option {name} not allowed")


def option_invalid(name: str) -> DoError:
    """An option whose value is not of its kind."""
    return DoError(198, f"option {name}() incorrectly specified")


def option_required(name: str) -> DoError:
    """An option that the command needs."""
    return DoError(198, f"option {name}() required")


def unrecognized(name: str) -> DoError:
    """A command outside the table."""
    return DoError(199, f"command {name} is unrecognized")


def estimates_not_found() -> DoError:
    """A command that follows an estimation, without one."""
    return DoError(301, "last estimates not found")


def value_label_not_found(name: str) -> DoError:
    """No value label has this name."""
    return DoError(111, f"value label {name} not found")


def file_not_found(path: str) -> DoError:
    """The file is not there."""
    return DoError(601, f"file {path} not found")


def file_exists(path: str) -> DoError:
    """The file would be overwritten."""
    return DoError(602, f"file {path} already exists")


def no_observations() -> DoError:
    """Nothing is left to work on."""
    return DoError(2000, "no observations")


def insufficient_observations() -> DoError:
    """Too few are left to work on."""
    return DoError(2001, "insufficient observations")
