"""Commands of the language."""

from __future__ import annotations

from dofile.allowed.spec import Spec

LANGUAGE: tuple[Spec, ...] = (
    Spec("about", "Say what runs the do-file.", "about", family="language"),
    Spec(
        *("display", "Show texts and values.", "display [%fmt] [text | exp] …", 2),
        takes="raw",
        family="language",
        refuses="markup such as `{hline}`; `as text`, `as result` and the like are read and change nothing",
    ),
    Spec("local", "Set a local macro.", "local name [text | = exp | : function]", 3, takes="raw", family="language"),
    Spec("global", "Set a global macro.", "global name [text | = exp | : function]", 2, takes="raw", family="language"),
    Spec("scalar", "Set a scalar.", "scalar [define] name = exp", 3, takes="raw", exp="required", family="language"),
    Spec("tempvar", "Name variables that end with the run.", "tempvar name …", takes="raw", family="language"),
    Spec("tempfile", "Name files that end with the run.", "tempfile name …", takes="raw", family="language"),
    Spec("tempname", "Name scalars that end with the run.", "tempname name …", takes="raw", family="language"),
    Spec(
        *("assert", "Stop unless an expression is true in each observation.", "assert exp [if] [in]"),
        takes="raw",
        if_=True,
        in_=True,
        by=True,
        family="language",
    ),
    Spec(
        *("set", "Set the number of observations, or a setting that changes nothing here.", "set obs #"),
        takes="raw",
        family="language",
        refuses="settings other than `obs`, `more`, `linesize 80`, `type float`, `varabbrev on`",
    ),
    Spec("version", "Name the version that the do-file is written for.", "version #", 4, takes="raw",
         family="language", refuses="versions before 12 and after 19"),
)  # fmt: skip
