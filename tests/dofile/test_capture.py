"""A licensed user can add results: the do-file runs everything, and its log is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dofile import capture, cases, datasets
from tests.dofile.engine import Dofile

SAMPLE = """\
. capture noisily display "@version " c(stata_version)
@version 18.5

. capture noisily display "@date " c(current_date)
@date 24 Nov 2026

. display "@case sample-one"
@case sample-one

. capture noisily summarize price

    Variable |        Obs        Mean    Std. dev.       Min        Max
-------------+---------------------------------------------------------
       price |         74    6165.257    2949.496       3291      15906

. display "@ r(mean)"
@ r(mean)

. capture noisily display %24.17e r(mean)
 6.16525675675675666e+03

. display "@ r(skewness)"
@ r(skewness)

. capture noisily display %24.17e r(skewness)
                       .

. display "@case sample-two"
@case sample-two

. display "@ _b[mpg]"
@ _b[mpg]

. capture noisily display %24.17e _b[mpg]
-2.38894345610240487e+02
"""


def test_log_is_read() -> None:
    """A log's version, day and results are read; missing results are left out."""
    log = capture.read(SAMPLE)
    assert (log.version, log.date) == ("18.5", "24 Nov 2026")
    assert log.results["sample-one"] == {"r(mean)": cases.Published("6.16525675675675666e+03")}
    assert log.results["sample-two"]["_b[mpg]"].agrees(-238.894345610240487)


@pytest.mark.parametrize(("old", "new"), [("@version 18.5", ""), ("@case sample-two\n\n", "@case sample-one\n\n")])
def test_unsound_log_is_refused(old: str, new: str) -> None:
    """A log without a version, or with a case twice, is refused."""
    with pytest.raises(ValueError, match="the log"):
        capture.read(SAMPLE.replace(old, new))


def test_committed_do_file_is_up_to_date() -> None:
    """capture_golden.do runs the cases as they are."""
    assert capture.DO_FILE.read_text(encoding="utf-8") == capture.do_file(cases.load()), (
        "run `python -m tests.dofile.capture`"
    )


def test_engine_runs_the_do_file(tmp_path: Path) -> None:
    """The engine runs the do-file itself; its log has each case and each published number, as the engine gives it."""
    datasets.make(tmp_path)
    engine = Dofile(tmp_path)
    output = engine.run(capture.DO_FILE.read_text(encoding="utf-8"))
    log = capture.read(output.replace("@case", "@version 0\n@date none\n@case", 1))
    everything = cases.load()
    assert set(log.results) == {case.id for case in everything}
    for case in everything:
        for name in capture.stored(case):
            if name in case.values and not case.differs:
                assert case.values[name].agrees(log.results[case.id][name].number), f"{case.id}: {name}"
