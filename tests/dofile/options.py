"""What options do, as small do-files that assert it themselves, for those that no published output was found of.

Each is a name as in coverage.py, with the do-file and, where output matters, what must and must not be in it. What is
expected follows from the command reference ([D], [R]); the confidence limits are R's.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """A do-file that fails unless the option does what it should. `shows`, `hides`: of the last line's output."""

    do: str
    shows: str = ""
    hides: str = ""


# Two files that share the keys 2 and 3; the one with keys 1 to 3 is in memory.
SIDES = """
set obs 3
generate id = _n + 1
generate b = 100 * _n
generate c = 7
label define seven 7 "Seven"
label values c seven
save theirs
clear
set obs 3
generate id = _n
generate a = 10 * _n
generate b = 1
"""
MERGE = "merge 1:1 id using theirs"
NAMES = "foreach name of varlist _all {\n  local names `names' `name'\n}\n"

OPTIONS: dict[str, Option] = {
    "assert": Option("set obs 2\nassert _n > 0\ncapture assert _n > 1\nassert _rc == 9"),
    "replace, nopromote": Option("set obs 1\ngenerate byte x = 1\nreplace x = 1000, nopromote\nassert x == ."),
    "rename": Option("set obs 1\ngenerate a = 4\nrename a b\nassert b == 4\ncapture assert a == 4\nassert _rc == 111"),
    "label, add": Option('label define l 1 "a"\nlabel define l 2 "b", add\nlabel list l', "1 a\n           2 b"),
    "label, modify": Option('label define l 1 "a" 2 "b"\nlabel define l 1 "c", modify\nlabel list l', "1 c\n"),
    "label, replace": Option('label define l 1 "a" 2 "b"\nlabel define l 3 "c", replace\nlabel list l', "3 c", "2 b"),
    "sort, stable": Option(
        "set obs 9\ngenerate g = mod(_n, 2)\ngenerate n = _n\nsort g, stable\nassert n > n[_n-1] if g == g[_n-1]"
    ),
    "count": Option(SIDES + "count if id > 1\nassert r(N) == 2"),
    "clear": Option(SIDES + "clear\ncount\nassert r(N) == 0"),
    "import, delimiters": Option(
        SIDES + 'export delimited using f.txt, delimiter(";")\n'
        'import delimited using f.txt, delimiters(";") clear\nassert a == 10 * id'
    ),
    "import, case": Option(
        SIDES
        + "rename a Aa\nexport delimited using f.csv\n"
        + "import delimited using f.csv, case(preserve) clear\nassert Aa == 10 * id"
    ),
    "import, encoding": Option(
        SIDES
        + 'export delimited using f.csv\nimport delimited using f.csv, encoding("utf-8") clear\nassert a == 10 * id'
    ),
    "merge, keepusing": Option(
        SIDES
        + MERGE
        + ", keepusing(c)\nassert b == 1 if _merge != 2\nassert b == . if _merge == 2\nassert c == 7 if _merge != 1"
    ),
    "merge, keep": Option(SIDES + MERGE + ", keep(match master)\ncount\nassert r(N) == 3\nassert _merge != 2"),
    "merge, nogenerate": Option(SIDES + MERGE + ", nogenerate\ncapture assert _merge == 1\nassert _rc == 111"),
    "list, separator": Option(SIDES + "list id, separator(2)", "|----|\n  3. |  3 |\n"),
    "tabulate, cell": Option(SIDES + "tabulate id b, cell", "     33.33"),
    "ttest, level": Option("use auto\nttest mpg == 20, level(90)", "20.17683    22.41776", "[95%"),
    "regress, level": Option("use auto\nregress price mpg weight, level(90)", "-193.0998     94.0754"),
    "regress, cluster": Option(
        "use auto\nquietly regress price mpg, vce(cluster rep78)\nlocal s = _se[mpg]\n"
        "quietly regress price mpg, cluster(rep78)\nassert reldif(_se[mpg], `s') < 1e-14"
    ),
    "logit, level": Option("use auto\nlogit foreign mpg, level(90)", ".0732632    .2462611"),
    "logit, cluster": Option(
        "use auto\nquietly logit foreign mpg, vce(cluster rep78)\nlocal s = _se[mpg]\n"
        "quietly logit foreign mpg, cluster(rep78)\nassert reldif(_se[mpg], `s') < 1e-14"
    ),
    "logit, nolog": Option("use auto\nlogit foreign mpg, nolog", "Logistic regression", "Iteration"),
    **{
        f"histogram, {scale}": Option(f"use auto\nhistogram mpg, {scale}", f"<!-- {scale.capitalize()} -->")
        for scale in ("density", "fraction", "frequency", "percent")
    },
    **{
        f"{command}, {title}": Option(f'use auto\n{plot}, {title}("Some words")', "<!-- Some words -->")
        for command, plot in (
            ("histogram", "histogram mpg"),
            ("scatter", "scatter mpg weight"),
            ("line", "line mpg weight"),
            ("twoway", "twoway (scatter mpg weight) (lfit mpg weight)"),
        )
        for title in ("title", "xtitle", "ytitle", "note")
    },
}
