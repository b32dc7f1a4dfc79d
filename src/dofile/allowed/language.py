"""Commands of the language."""

from __future__ import annotations

from functools import partial

from dofile.allowed import spec

Spec = partial(spec.Spec, family="language")

LANGUAGE: tuple[spec.Spec, ...] = (
    Spec("about", "Say what runs the do-file.", "about"),
    Spec("display", "Show texts and values.", "display [%fmt] [text | exp] …", 2, takes="raw",
         refuses="markup such as `{hline}`; `as text`, `as result` and the like are read and change nothing"),
    Spec("local", "Set a local macro.", "local name [text | = exp | : function]", 3, takes="raw"),
    Spec("global", "Set a global macro.", "global name [text | = exp | : function]", 2, takes="raw"),
    Spec("scalar", "Set a scalar.", "scalar [define] name = exp", 3, takes="raw", exp=True),
    Spec("assert", "Stop unless an expression is true in each observation.", "assert exp [if] [in]",
         takes="raw", allows=spec.BY),
    Spec("set", "Set the number of observations, or a setting that changes nothing here.", "set obs #", takes="raw",
         refuses="settings other than `obs`, `more`, `linesize 80`, `type float`, `varabbrev on`"),
    Spec("version", "Name the version that the do-file is written for.", "version #", 4, takes="raw",
         refuses="versions before 12 and after 19"),
)  # fmt: skip
