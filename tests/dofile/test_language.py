"""The language: comments, macros, loops, conditions, prefixes, expressions."""

from __future__ import annotations

import re

import pytest

from dofile import BANNER, DoError, Session

from .conftest import Recorder


def test_the_engine_says_what_it_is(do: Recorder) -> None:
    """`about` prints the banner."""
    assert do("about") == BANNER + "\n"


def test_comments_and_continued_lines(do: Recorder) -> None:
    """Five kinds of comments are left out, within quotes there are none, and three slashes join lines."""
    text = """
* a star, and a second line of it ///
display 0
display 1 // behind
display /* within
  /* and nested */ */ 2
display "http://x /* y */" ///  the rest
   3
    // alone
display 4
"""
    assert do(text) == "1\n2\nhttp://x /* y */3\n4\n"


def test_semicolons_as_delimiters(do: Recorder) -> None:
    """`#delimit ;` makes commands end at semicolons, until `#delimit cr`."""
    assert do('#delimit ;\ndisplay 1\n + 1; * no; display "a;b";\n#delimit cr\ndisplay 3\n') == "2\na;b\n3\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("local a 1 + 1\ndisplay `a' * 2", "3"),
        ("local a = 1 + 1\ndisplay `a' * 2", "4"),
        ("local a b\nlocal b 7\ndisplay ``a''", "7"),
        ("local i 2\nlocal x2 9\ndisplay `x`i''", "9"),
        ("global g 5\ndisplay $g ${g}1", "551"),
        ("local i 1\ndisplay `++i' `i' `i++' `i'", "2223"),
        ("display `=2^3' + 1", "9"),
        ("local a : word count x y z\ndisplay `a'", "3"),
        ('local a : word 2 of x "y z"\ndisplay "`a\'"', "y z"),
        ('local a "quoted"\ndisplay "`a\'`none\'"', "quoted"),
        ('local a = 1/3\ndisplay "`a\'"', ".3333333333333333"),
        ('local a 1\nlocal a\ndisplay "[`a\']"', "[]"),
        ('display "\\`a\'"', "`a'"),
    ],
)
def test_macros(do: Recorder, text: str, shown: str) -> None:
    """Macros are replaced from the inside out; what is not set is empty."""
    assert do(text) == shown + "\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('foreach x in a "b c" {\ndisplay "`x\'"\n}', "a\nb c\n"),
        ("foreach n of numlist 1/3 10(-5)0 {\ndisplay `n' _continue\n}", "1231050"),
        ('local l p q\nforeach x of local l {\ndisplay "`x\'"\n}', "p\nq\n"),
        ("forvalues i = 1/3 {\nforvalues j = 2(2)4 {\ndisplay `i'`j' \" \" _c\n}\n}", "12 14 22 24 32 34 "),
        ("forvalues i = 3/1 {\ndisplay `i'\n}", ""),
    ],
)
def test_loops(do: Recorder, text: str, shown: str) -> None:
    """Loops run over words, numbers and macros."""
    assert do(text) == shown


@pytest.mark.parametrize(("value", "shown"), [("1", "one\n"), ("2", "two\n"), ("3", "many\n")])
def test_conditions(do: Recorder, value: str, shown: str) -> None:
    """The first branch whose condition holds is taken."""
    text = f"""
local v {value}
if `v' == 1 {{
    display "one"
}}
else if `v' == 2 {{
    display "two"
}}
else display "many"
"""
    assert do(text) == shown


def test_conditions_on_one_line(do: Recorder) -> None:
    """A command may follow a condition on its line, and else on the next."""
    assert do('if 1 > 2 & 3 display "a"\nelse display "b"\nif (1) display "c"') == "b\nc\n"


def test_capture_and_quietly(do: Recorder) -> None:
    """`capture` keeps the code in _rc and goes on; `quietly` is silent, `noisily` in it is not."""
    text = """
capture drop foo
display _rc
capture display 1
display _rc
quietly {
    display "no"
    noisily display "yes"
}
capture noisily display x
cap {
    display 1
    drop bar
    display 2
}
display _rc
"""
    assert do(text) == "111\n0\nyes\nx not found\n111\n"


@pytest.mark.parametrize(
    ("line", "code"),
    [("foo", 199), ("count, option", 198), ("display nothing(1)", 133), ("count [fw=x]", 101), ("by x: clear", 190)],
)
def test_capture_does_not_hide_what_is_outside_the_subset(do: Recorder, line: str, code: int) -> None:
    """Stata might run it, so the do-file stops; with `noisily` it says why and goes on."""
    with pytest.raises(DoError) as refused:
        do(f"capture {line}")
    assert refused.value.code == code
    assert do(f"capture noisily {line}\ndisplay _rc").endswith(f"\n{code}\n")


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("2 + 3 * 4 ^ 2", "50"),
        ("-2^2", "-4"),
        ("2^3^2", "64"),
        ("2^-1", ".5"),
        ("10/4/5", ".5"),
        ("1/0", "."),
        (". + 1", "."),
        ("!0 + 1", "2"),
        ("1 == 1 & 2 > 3 | 1", "1"),
        ("(.a > .) + (. > 1e300) + (.a < .b)", "3"),
        ("~(3 ~= 3)", "1"),
        ('"a" + "b" == "ab"', "1"),
        ("min(3, ., 1) + max(2, .)", "3"),
        ("round(2.5) + round(-2.5) + round(7.23, .1)", "8.2"),
        ("mod(-7, 3) + int(-1.5) + ceil(1.2) + floor(-.5)", "2"),
        ("cond(0, 1, 2) + cond(., 1, 2, 3)", "5"),
        ("inrange(5, 1, 5) + inrange(., 1, .) + inlist(3, 1, 3)", "2"),
        ('missing(.) + missing(.z, 1) + missing("")', "3"),
        ('strlen("äb")', "3"),
        ('upper(substr("stata", 2, 3)) + trim("  x ")', "TATx"),
        ('subinstr("a.b.c", ".", "-", 1)', "a-b.c"),
        ('real("1.5") + real("x")', "."),
        ('string(1234.5, "%9.2f")', "1234.50"),
        ("reldif(11, 9) + reldif(., .)", ".2"),
        ("float(.1) == .1", "0"),
        ("_pi", "3.1415927"),
        ("1e-7", "1.000e-07"),
        ("123456789", "1.235e+08"),
    ],
)
def test_expressions(do: Recorder, expression: str, shown: str) -> None:
    """Operators bind as users know; missing values spread in sums and are the largest in comparisons."""
    assert do(f"display {expression}") == shown + "\n"


@pytest.mark.parametrize(
    "expression", [".^0", "1^.", "1/(1/0)", "exp(-1/0)", "exp(ln(0))", "1/exp(1000)", "1/(1e200*1e200)", "0*ln(0)"]
)
def test_what_is_undefined_is_missing_wherever_it_stands(do: Recorder, expression: str) -> None:
    """A division by zero, an overflow and a power of a missing value are missing, also within a longer expression."""
    assert do(f"display {expression}") == ".\n"
    columns = re.sub(r"\d[\de]*", r"(one*\g<0>)", expression)
    do(f"set obs 2\ngenerate double one = 1\ngenerate y = {columns}")
    assert do.data["y"].missing().all()


def test_extremes_leave_out_what_is_undefined(do: Recorder) -> None:
    """max() and min() look at numbers alone."""
    assert do("display max(1/0, 5) + min(ln(0), 5)") == "10\n"


def test_capitals_are_those_of_ascii(do: Recorder) -> None:
    """Other letters stay as they are, as they are several bytes."""
    assert do('display upper("aä") + lower("BÄ")') == "AäbÄ\n"


def test_a_comma_is_a_blank(do: Recorder) -> None:
    """A comma between what is displayed skips one column."""
    assert do('display 1,000 ,"a"') == "1 0 a\n"


def test_formats_and_directives_of_display(do: Recorder) -> None:
    """A format holds for the next value; directives place what follows."""
    text = 'display as text "a" _skip(3) as result %6.2f 2/3 _skip(2) %5s "x" _newline "b" %-6.1f 2 "c"'
    assert do(text) == "a     0.67      x\nb2.0   c\n"


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("display 1\nfoo", 199, 2),
        ("\n\ndisplay x", 111, 3),
        ("display nope(1)", 133, 1),
        ("display 1 +", 198, 1),
        ('display 1 + "a"', 109, 1),
        ("display (1", 132, 1),
        ("forvalues i = 1/2 {\n\ndisplay `i'\nfoo\n}", 199, 4),
        ("forvalues i = 1/2 {\ndisplay 1", 612, 0),
        ("}", 199, 1),
        ("if 1 {\ndisplay 1\n} else {\n}", 198, 3),
        ("else display 1", 198, 1),
        ("forvalues i = a/b {\n}", 198, 1),
        ("local x : nonsense y", 198, 1),
        ("#delimit !", 198, 1),
        ("program define x", 199, 1),
        ("summarize x [fw=n]", 101, 1),
    ],
)
def test_errors_have_a_code_and_a_line(do: Recorder, text: str, code: int, where: int) -> None:
    """What is refused says why, with the return code that users know, and where."""
    with pytest.raises(DoError) as error:
        do(text)
    assert (error.value.code, error.value.where) == (code, where)
    assert str(error.value) == f"{error.value.message}\nr({code});"


def test_what_stood_before_an_error_has_happened(do: Recorder) -> None:
    """A do-file stops at its first error, and keeps what came before."""
    with pytest.raises(DoError):
        do("set obs 3\ngenerate x = 1\nreplace y = 2\nreplace x = 5")
    assert do("display _N x[3]") == "31\n"


def test_sessions_are_apart() -> None:
    """Nothing is shared between sessions."""
    one, other = Session(lambda text: None), Session(lambda text: None)
    one.run("set obs 2\nlocal a 1\nscalar s = 2")
    assert other.data.n == 0
    assert not other.macros.local
    assert not other.scalars
