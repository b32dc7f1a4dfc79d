"""`tabulate`: layout and numbers as published for the cars of 1978."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from dofile.layout import tabulate as layout
from dofile.stats.crosstab import chi_squared, two_way
from tests.dofile.cars import Cars

ONE_WAY = """
     Repair |
Record 1978 |      Freq.     Percent        Cum.
------------+-----------------------------------
          1 |          2        2.90        2.90
          2 |          8       11.59       14.49
          3 |         30       43.48       57.97
          4 |         18       26.09       84.06
          5 |         11       15.94      100.00
------------+-----------------------------------
      Total |         69      100.00
"""
# [U] 25.1 and [R] tabulate twoway print this table; the lines end with a blank.
TWO_WAY = """
+----------------+
| Key            |
|----------------|
|   frequency    |
| row percentage |
+----------------+

           |                   Repair Record 1978
  Car type |         1          2          3          4          5 |     Total
-----------+-------------------------------------------------------+----------
  Domestic |         2          8         27          9          2 |        48\x20
           |      4.17      16.67      56.25      18.75       4.17 |    100.00\x20
-----------+-------------------------------------------------------+----------
   Foreign |         0          0          3          9          9 |        21\x20
           |      0.00       0.00      14.29      42.86      42.86 |    100.00\x20
-----------+-------------------------------------------------------+----------
     Total |         2          8         30         18         11 |        69\x20
           |      2.90      11.59      43.48      26.09      15.94 |    100.00\x20

          Pearson chi2(4) =  27.2640   Pr = 0.000
"""


def test_one_way_table_has_the_published_layout():
    """A long label is broken over the column of values; percentages run to 100."""
    assert Cars().run("tabulate rep78") == ONE_WAY


def test_two_way_table_has_the_published_layout():
    """Two contents of the cells call for a key and lines between the rows."""
    cars = Cars()
    assert cars.run("tabulate foreign rep78, chi2 row") == TWO_WAY
    assert cars.run("display r(N) r(r) r(c)") == "6925\n"
    assert cars.value("r(p)") == pytest.approx(stats.chi2.sf(cars.value("r(chi2)"), 4), rel=1e-9)


def test_missing_values_count_where_asked():
    """With `missing`, the missing values have a row."""
    cars = Cars()
    printed = cars.run("tabulate rep78, missing")
    assert "          . |          5        6.76      100.00\n" in printed
    assert cars.run("display r(N) r(r)") == "746\n"


def test_values_without_labels():
    """With `nolabel`, numbers stand where labels did."""
    assert "          0 |         52       70.27       70.27\n" in Cars().run("tabulate foreign, nolabel")


def test_the_column_of_values_is_as_wide_as_the_longest_label():
    """Labels longer than the column widen it, in its rules too."""
    text = layout.two_way(
        ("a", "b"), (["A very long label"], ["x"]), two_way(np.array([1.0]), np.array([1.0])), ["freq"]
    )
    assert text.splitlines()[3:5] == [
        "------------------+-----------+----------",
        "A very long label |         1 |         1 ",
    ]


def test_wide_tables_are_printed_in_panels():
    """What does not fit in 80 columns goes on below, each panel with the totals."""
    printed = Cars().run("tabulate foreign trunk")
    assert max(len(line) for line in printed.splitlines()) <= 80
    assert printed.count("|     Total\n") == 4


def test_counts_have_commas():
    """Thousands are set off."""
    table = two_way(np.zeros(12_345), np.zeros(12_345))
    assert "|    12,345 |    12,345 " in layout.two_way(("a", "b"), (["0"], ["0"]), table, ["freq"])


def test_chi_squared_needs_two_rows_and_columns():
    """A table with one row has no test."""
    assert layout.chi_squared(chi_squared(two_way(np.zeros(3), np.arange(3.0)))).endswith("=        .   Pr =     .")


def test_no_observations_is_no_error():
    """Nothing to count is said, and is no error."""
    assert Cars().run("tabulate foreign if mpg > 100") == "no observations\n"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("tabulate foo", 111),
        ("tabulate mpg, row", 198),
        ("tabulate mpg, exact", 198),
        ("tabulate mpg rep78 foreign", 103),
    ],
)
def test_refusals(command: str, code: int):
    """What is not in the subset is refused with its return code."""
    assert Cars().code(command) == code
