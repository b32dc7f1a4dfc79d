"""The allow-list: every command, every option, every value. What is not in this table is refused, never guessed.

The parser reads it, and the reference page is written from it.
"""

from __future__ import annotations

from functools import cache

from dofile import errors
from dofile.allowed.data import DATA
from dofile.allowed.graphs import GRAPHS, PLOTS
from dofile.allowed.language import LANGUAGE
from dofile.allowed.spec import Option, Spec
from dofile.allowed.statistics import STATISTICS

__all__ = ["CONTROL", "PLOTS", "TABLE", "Option", "Spec", "find", "plot"]

TABLE: tuple[Spec, ...] = (*LANGUAGE, *DATA, *STATISTICS, *GRAPHS)

# Word → the forms that it takes, and what it does.
CONTROL = {
    "by": "by varlist [(varlist)] [, sort]: command — run a command for each group of sorted data",
    "bysort": "bysort varlist [(varlist)]: command — sort, then run a command for each group",
    "capture": "capture command; capture { … } — go on after an error, and leave its code in `_rc`",
    "foreach": "foreach name in words { … }; foreach name of varlist | numlist | local | global list { … }"
    " — run a block for each word",
    "forvalues": "forvalues name = #/# { … }; forvalues name = #(#)# { … } — run a block for each number",
    "if": "if exp command; if exp { … }; else if exp { … }; else { … } — run what holds",
    "noisily": "noisily command; noisily { … } — with output, within `quietly` or `capture`",
    "quietly": "quietly command; quietly { … } — without output",
}


def plot(word: str) -> Spec:
    """Return the plot of `twoway` that a word means. Raises r(198) where it means none."""
    for spec in PLOTS:
        if len(word) >= spec.letters and spec.name.startswith(word):
            return spec
    raise errors.DoError(198, f"{word} is not a plot of the subset")


@cache
def find(word: str) -> Spec:
    """Return the command that a word means. Raises r(199) where it means none."""
    for spec in TABLE:
        if word == spec.name:
            return spec
    for spec in TABLE:
        if len(word) >= spec.letters and spec.name.startswith(word):
            return spec
    raise errors.unrecognized(word)
