"""Accepting mends sentence, mentions, pictures and evidence together, and refuses what is not sure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.accept.outcomes import DAY, PATH, TEXT, Run, changed_lines, evidence_of, guide_of, place
from walkthrough.accept.text import Edit, applied
from walkthrough.evidence import PageEvidence
from walkthrough.outcome import Change, Verdict
from walkthrough.roles import PATH_SEPARATOR


def test_a_renamed_button_is_renamed_in_its_sentence_and_wherever_it_is_mentioned() -> None:
    """Role, bold label, guilabel, quotation and alternative text get the new name; nothing else changes."""
    done = Run().renamed(2, "Confirm Account", "Verify account").plan()
    assert changed_lines(TEXT, done.text) == {
        3: "You press **Verify account** at the end.",
        13: "   {fill}`Verification code <mail.code>`, and click {click}`Verify account`.",
        15: "   ![The form, with the Verify account",
        21: "The button {guilabel}`Verify account` is “Verify account” in the e-mail too.",
    }
    assert not done.refusals
    assert not done.unclear


def test_the_evidence_is_what_the_next_run_sees() -> None:
    """Digests are those of the edited page, boxes have the new names, day and versions are the run's."""
    done = Run().renamed(2, "Confirm Account", "Verify account").plan()
    (new,) = done.evidence.walkthroughs
    (edited,) = guide_of(done.text).walkthroughs
    assert [step.digest for step in new.steps] == [step.digest for step in edited.steps]
    second = new.steps[1]
    assert {box.label for box in second.pictures[0].boxes} == {action.label for action in edited.steps[1].actions}
    assert second.views[0].boxes[-1].label == "Verify account"
    assert second.views[0].title == "after"
    assert (new.verified, new.products) == (DAY, {"App": "2"})
    assert new.steps[0] == evidence_of().walkthroughs[0].steps[0]
    assert [each.taken for each in done.pictures] == ["taken/form.png"]


def test_a_second_time_there_is_nothing_to_accept() -> None:
    """What was accepted stands in the outcome as the same, for the page as it reads now."""
    run = Run().renamed(2, "Confirm Account", "Verify account")
    done = run.plan()
    again = Run(done.text, done.evidence).plan(outcomes=done.outcomes)
    assert not again.does_something
    assert not again.refusals


def test_a_field_keeps_its_value_and_a_label_over_two_lines_its_break() -> None:
    """What stands behind a label, and where lines end, is left as it is."""
    text = TEXT.replace("{fill}`Verification code <mail.code>`", "{fill}`Verification\n   code <mail.code>`")
    done = Run(text, evidence_of(text)).renamed(2, "Verification code", "Secret key").plan()
    assert "{fill}`Secret\n   key <mail.code>`, and" in done.text
    assert len(done.text.splitlines()) == len(text.splitlines())


def test_an_option_is_renamed_in_its_value_and_where_it_is_mentioned() -> None:
    """The list keeps its label; where both have one name, a person decides which of them is meant."""
    text = TEXT.replace("{menu}`Run > Run All Cells`", '{choose}`Unit <"Human\n   Services">` for **Human Services**')
    done = Run(text, evidence_of(text)).renamed(3, "Unit", "Health and Care", item="Human Services").plan()
    assert '{choose}`Unit <"Health\n   and Care">` for **Health and Care**' in done.text
    assert not done.refusals
    both = (
        Run(text, evidence_of(text)).renamed(3, "Unit", "Department").renamed(3, "Unit", "Care", item="Human Services")
    )
    assert '{choose}`Department <"Care">`' in both.plan().text
    said = text.replace("at the end.", "at the end, and “Human Services” in 15 minutes.")
    done = Run(said, evidence_of(said)).renamed(3, "Unit", "Care", item="Human Services").plan()
    assert [each.why for each in done.unclear] == ["it may be something else than the option of the list"]
    same = text.replace("{choose}`Unit <", "{choose}`Human Services <")
    (refusal,) = Run(same, evidence_of(same)).renamed(3, "Human Services", "Care").plan().refusals
    assert "both the list and its option are called “Human Services”" in str(refusal)


@pytest.mark.parametrize(
    ("item", "new", "written"),
    [
        ("Run All Cells", "Run Everything", "{menu}`Run > Run Everything`"),
        ("Run", "Execute", "{menu}`Execute > Run All Cells`"),
        (f"Run{PATH_SEPARATOR}Run All Cells", f"Go{PATH_SEPARATOR}Run All", "{menu}`Go > Run All`"),
    ],
)
def test_a_path_of_menus_is_renamed_item_by_item(item: str, new: str, written: str) -> None:
    """One item of a path changes, or each of them; the signs between them stay."""
    label = f"Run{PATH_SEPARATOR}Run All Cells"
    done = Run().renamed(3, label, new, item=item).plan()
    assert changed_lines(TEXT, done.text) == {18: f"3. {{see}}`Ready` appears. Choose {written}."}
    assert done.evidence.walkthroughs[0].steps[2].views[0].boxes[1].label.split(PATH_SEPARATOR)


def test_what_the_page_quotes_is_changed_where_the_change_says() -> None:
    """A text that no role names, such as a number with its noun, is changed at its line and at its other mentions."""
    text = TEXT.replace("at the end.", "within 15 minutes.").replace("in the e-mail too.", "for 15\nminutes.")
    change = Change(Verdict.LABEL, "", place("15 minutes", text), "", "15 minutes", "ten minutes", 0.8)
    done = Run(text, evidence_of(text)).finds(2, Verdict.LABEL, change).plan()
    assert "**Confirm Account** within ten minutes." in done.text
    assert "“Confirm Account” for ten\nminutes." in done.text


def test_a_label_that_is_only_shown_is_changed_where_the_change_says() -> None:
    """A control that the page mentions with guilabel, and that no step uses, is renamed there."""
    text = TEXT.replace("{guilabel}`Confirm Account`", "{guilabel}`Send a\nnew code`")
    where = place("Send a", text)
    change = Change(Verdict.LABEL, "", where, "guilabel", "Send a new code", "Get another code", 0.9)
    done = Run(text, evidence_of(text)).finds(2, Verdict.LABEL, change).plan()
    assert "The button {guilabel}`Get another\ncode` is" in done.text


def test_a_number_that_the_page_says_otherwise_is_left_to_a_person() -> None:
    """Where “six digits” is also a “six-digit code”, the other words are listed."""
    text = TEXT.replace("at the end.", "and six digits, a six-digit code.")
    change = Change(Verdict.LABEL, "", place("six digits", text), "", "six digits", "eight digits", 0.9)
    done = Run(text, evidence_of(text)).finds(2, Verdict.LABEL, change).plan()
    assert "and eight digits, a six-digit code." in done.text
    assert [each.why for each in done.unclear] == ["the page says it otherwise"]


READING = """\
# Sign up

It takes 15 minutes to read this page. The code that you enter is gone in 15 minutes.

:::{walkthrough} sign-up
:persona: reader

1. Click {click}`Sign up`; the code is valid for 15 minutes.

2. After 15 minutes without a click, click {click}`Sign in`.
:::
"""


def test_a_number_of_something_else_is_left_to_a_person() -> None:
    """The step itself is changed, and a sentence outside of steps about the same; each other step sees for itself."""
    change = Change(Verdict.LABEL, "", place("15 minutes.\n\n2", READING), "", "15 minutes", "10 minutes", 0.9)
    run = Run(READING, evidence_of(READING)).finds(1, Verdict.LABEL, change)
    done = run.plan(1)
    assert changed_lines(READING, done.text) == {
        3: "It takes 15 minutes to read this page. The code that you enter is gone in 10 minutes.",
        8: "1. Click {click}`Sign up`; the code is valid for 10 minutes.",
    }
    assert [(each.where.line, each.why) for each in done.unclear] == [(3, "it may count something else"),
                                                                      (10, "it may count something else")]  # fmt: skip


def test_a_number_that_another_step_still_shows_is_left_to_a_person() -> None:
    """What the run has seen of another step may be what a sentence outside of steps means."""
    change = Change(Verdict.LABEL, "", place("15 minutes.\n\n2", READING), "", "15 minutes", "10 minutes", 0.9)
    run = Run(READING, evidence_of(READING)).finds(1, Verdict.LABEL, change)
    done = run.finds(2, Verdict.SAME, shown=["Wait for 15 minutes"]).plan(1)
    assert [*changed_lines(READING, done.text)] == [8]
    assert "step 2 of sign-up still shows it" in [each.why for each in done.unclear]


def test_a_mention_that_could_mean_another_control_is_left_to_a_person() -> None:
    """Where the page still names another control so, mentions outside the step are listed, those in it are changed."""
    text = TEXT.replace("**Confirm Account**", "**Password**").replace(
        "The form, with the Confirm Account", "The Password and the Confirm Account"
    )
    text += "\n:::{walkthrough} again\n:persona: reader\n\n1. Enter {fill}`Password <persona.password>`.\n"
    text += "   ![A Password.](images/again.png)\n:::\n"
    done = Run(text, evidence_of(text)).renamed(2, "Password", "Passphrase").plan()
    assert set(changed_lines(text, done.text)) == {12, 15}
    (unclear,) = done.unclear
    assert (unclear.where.line, unclear.new) == (3, "Passphrase")
    assert f"line {guide_of(text).walkthroughs[1].steps[0].where.line} still calls" in unclear.why


def test_a_mention_is_unclear_where_the_product_still_shows_the_name() -> None:
    """A control of the old name that the run has seen anywhere makes a mention ambiguous, though no role names it."""
    run = Run().renamed(2, "Confirm Account", "Verify account").finds(3, Verdict.SAME, shown=["Confirm Account"])
    done = run.plan()
    assert set(changed_lines(TEXT, done.text)) == {13, 15}
    assert [each.where.line for each in done.unclear] == [3, 21, 21]
    assert "step 3 of sign-up still shows" in done.unclear[0].why


def test_a_mention_within_a_longer_name_is_left_to_a_person() -> None:
    """Where a description names another control of which the old name is a part, that keeps its name."""
    text = TEXT.replace(
        "The form, with the Confirm Account\n", "A Confirm\n   Account later link, and the Confirm Account\n"
    )
    run = Run(text, evidence_of(text)).renamed(2, "Confirm Account", "Verify account")
    done = run.finds(3, Verdict.SAME, shown=["Confirm Account later"]).plan()
    assert "![A Confirm\n   Account later link, and the Verify account\n   button.]" in done.text
    assert [each.where.line for each in done.unclear] == [15]
    assert "still shows “Confirm Account later”" in done.unclear[0].why


@pytest.mark.parametrize("new", ["Verify*", "_Verify", "Verify & go", "Verify, then go (now)", "1. Verify"])
def test_a_mention_is_changed_where_the_new_name_s_signs_are_only_signs(new: str) -> None:
    """A name that could be markup elsewhere is written where it is read as it is."""
    done = Run().renamed(2, "Confirm Account", new).plan()
    assert f"The button {{guilabel}}`{new}` is “{new}” in the e-mail" in done.text
    assert f"{{click}}`{new}`" in done.text
    assert not done.refusals


@pytest.mark.parametrize("new", ["Verify*", "*Verify*", "Verify [work](x)", "Verify &amp; go"])
def test_a_mention_is_left_to_a_person_where_the_new_name_would_be_markup(new: str) -> None:
    """Signs at which bold ends early, a link, or another sign by its name: the role is changed, the mention is not."""
    done = Run().renamed(2, "Confirm Account", new).plan()
    assert f"{{click}}`{new}`" in done.text
    assert "You press **Confirm Account** at the end." in done.text
    assert (3, "signs of the new name would be read as markup there") in [
        (each.where.line, each.why) for each in done.unclear
    ]


@pytest.mark.parametrize("new", ["Verify [work](x)", "Verify &amp; go", "*Verify*"])
def test_a_description_is_left_to_a_person_where_the_new_name_would_be_markup(new: str) -> None:
    """An alternative text is read without addresses and stress, and with signs for their names."""
    done = Run().renamed(2, "Confirm Account", new).plan()
    assert "![The form, with the Confirm Account\n   button.]" in done.text
    assert 15 in [each.where.line for each in done.unclear]


def test_a_quoted_text_that_would_be_markup_is_refused() -> None:
    """What a step's text says now is not written as an HTML tag."""
    change = Change(Verdict.LABEL, "", place("Confirm Account"), "", "Confirm Account", "E-mail <work>", 0.9)
    done = Run().finds(2, Verdict.LABEL, change).plan()
    assert not done.does_something
    assert "signs of the new name “E-mail <work>” would be read as markup" in str(done.refusals[0])


def test_a_step_that_does_the_same_twice_is_renamed_twice() -> None:
    """The run tells a new name once for a step; both of its actions were done under it."""
    text = TEXT.replace("{see}`Ready` appears.", "Click {click}`Next` and, there, {click}`Next`.")
    done = Run(text, evidence_of(text)).renamed(3, "Next", "Go on").plan()
    assert "Click {click}`Go on` and, there, {click}`Go on`." in done.text
    assert not done.refusals


def test_the_same_control_in_two_steps_is_renamed_in_both() -> None:
    """A field that two steps fill is two changes with one new name, and its mentions are clear."""
    text = TEXT.replace("{see}`Ready` appears.", "Enter {fill}`User name <persona.username>`.")
    text = text.replace("**Confirm Account**", "**User name**")
    run = Run(text, evidence_of(text)).renamed(2, "User name", "Login").renamed(3, "User name", "Login")
    done = run.plan()
    assert done.text == text.replace("User name", "Login")
    assert [step.digest for step in done.evidence.walkthroughs[0].steps] == [
        step.digest for step in guide_of(done.text).walkthroughs[0].steps
    ]


def test_two_new_names_for_one_make_a_mention_unclear() -> None:
    """Where two controls of one name got different names, nobody can know which of them a mention means."""
    text = TEXT.replace("{see}`Ready` appears.", "Click {click}`Confirm Account`.")
    run = Run(text, evidence_of(text)).renamed(2, "Confirm Account", "Verify account")
    done = run.renamed(3, "Confirm Account", "Finish").plan()
    assert set(changed_lines(text, done.text)) == {13, 15, 18}
    assert "more than one new name: “Finish”, “Verify account”" in done.unclear[0].why


def test_a_name_that_is_not_certain_is_refused_with_what_to_do() -> None:
    """Below the certainty that a walk goes on with, a person decides, and is told line, names and likelihood."""
    done = Run().renamed(2, "Confirm Account", "Verify account", confidence=0.7).plan()
    assert not done.does_something
    (refusal,) = done.refusals
    assert refusal.where.line == 13
    assert "70% sure and not 75%, write it in line 13 instead of “Confirm Account”" in str(refusal)


def test_an_unlike_name_is_refused_where_the_step_behind_it_broke() -> None:
    """What stood in the old one's place and led nowhere may be another thing; a name that is alike may not."""
    run = Run().renamed(2, "Confirm Account", "Download", confidence=0.83).finds(3, Verdict.BROKEN)
    assert "it may be another thing" in str(run.plan(2).refusals[0])
    assert run.plan(2).text == TEXT
    alike = Run().renamed(2, "Confirm Account", "Confirm your account", confidence=0.83).finds(3, Verdict.BROKEN)
    assert "Confirm your account" in alike.plan(2).text


def test_a_change_without_a_new_name_is_refused() -> None:
    """A text that is gone without anything in its place cannot be mended by a program."""
    done = (
        Run()
        .finds(2, Verdict.LABEL, Change(Verdict.LABEL, "it is gone", place("Confirm"), "", "Confirm Account"))
        .plan()
    )
    assert not done.does_something
    assert "say in line 3 what stands there instead of “Confirm Account”" in str(done.refusals[0])


def test_steps_before_a_broken_one_are_accepted_and_the_day_stays() -> None:
    """A broken step and those behind it are refused and keep their evidence; so do day and versions."""
    run = Run().finds(1, Verdict.COSMETIC).finds(2, Verdict.BROKEN).finds(3, Verdict.UNREACHED)
    done = run.plan()
    assert done.text == TEXT
    (new,) = done.evidence.walkthroughs
    (old,) = evidence_of().walkthroughs
    assert new.steps[0].views[0].title == "after"
    assert new.steps[1:] == old.steps[1:]
    assert (new.verified, new.products) == (old.verified, old.products)
    assert [each.reason.split()[:2] for each in done.refusals] == [["step", "2"]]
    assert [each.file for each in done.pictures] == ["images/start.png"]


def test_a_step_that_was_not_reached_is_refused_by_itself() -> None:
    """Who asks for that step alone is told why it cannot be accepted."""
    run = Run().finds(2, Verdict.BROKEN).finds(3, Verdict.UNREACHED)
    assert "step 3 of “sign-up” was not reached" in str(run.plan(3).refusals[0])


def test_one_step_is_accepted_alone_and_the_rest_can_follow() -> None:
    """What is left over is found at its new place afterwards; the day moves when nothing is left."""
    run = Run().renamed(2, "Confirm Account", "Verify account").finds(1, Verdict.LAYOUT)
    one = run.plan(2)
    assert one.evidence.walkthroughs[0].verified == "2026-01-01"
    assert [each.file for each in one.pictures] == ["images/form.png"]
    rest = Run(one.text, one.evidence).plan(outcomes=one.outcomes)
    assert [each.file for each in rest.pictures] == ["images/start.png"]
    assert rest.text == one.text
    assert rest.evidence.walkthroughs[0].verified == DAY
    assert not rest.refusals


def test_a_step_whose_words_alone_are_mended_stays_proven() -> None:
    """A mention in another step, which was walked, gets its new digest and keeps what was seen."""
    text = TEXT.replace("3. {see}`Ready` appears.", "3. After **Confirm Account**, {see}`Ready` appears.")
    done = Run(text, evidence_of(text)).renamed(2, "Confirm Account", "Verify account").plan()
    third = done.evidence.walkthroughs[0].steps[2]
    assert third.digest == guide_of(done.text).walkthroughs[0].steps[2].digest
    assert third.views[0].title == "before"


def test_a_step_that_was_not_walked_keeps_its_old_digest_though_its_words_are_mended() -> None:
    """Nobody has seen it under the new name, so the build goes on to say that it is not verified."""
    text = TEXT.replace("3. {see}`Ready` appears.", "3. After **Sign up**, {see}`Ready` appears.")
    run = Run(text, evidence_of(text)).renamed(1, "Sign up", "Register").finds(2, Verdict.BROKEN)
    done = run.finds(3, Verdict.UNREACHED).plan()
    assert "3. After **Register**" in done.text
    assert done.evidence.walkthroughs[0].steps[2] == evidence_of(text).walkthroughs[0].steps[2]


def test_an_edited_page_is_accepted_as_the_run_walked_it() -> None:
    """A step that the writer changed or added is taken into the evidence, and one that is gone leaves it."""
    longer = TEXT.replace(":::\n\nThe", "\n4. {see}`Bye`.\n:::\n\nThe")
    done = Run(TEXT, evidence_of(longer)).finds(3, Verdict.UNVERIFIED).plan()
    assert [step.number for step in done.evidence.walkthroughs[0].steps] == [1, 2, 3]
    done = Run(longer, evidence_of(TEXT)).finds(4, Verdict.UNVERIFIED).plan()
    assert [step.number for step in done.evidence.walkthroughs[0].steps] == [1, 2, 3, 4]
    assert done.text == longer


def test_a_first_walk_that_broke_leaves_no_evidence() -> None:
    """Where nothing is known yet, only a walk to the end can be accepted."""
    run = Run(evidence=PageEvidence()).finds(1, Verdict.UNVERIFIED).finds(2, Verdict.BROKEN)
    done = run.finds(3, Verdict.UNREACHED).plan()
    assert not done.does_something
    assert "has no evidence yet" in done.refusals[0].reason
    whole = Run(evidence=PageEvidence())
    for number in (1, 2, 3):
        whole.finds(number, Verdict.UNVERIFIED)
    assert whole.plan().evidence.walkthroughs[0].verified == DAY


def test_a_page_that_was_edited_since_the_run_is_refused() -> None:
    """What the run says of another text is not applied to this one."""
    run = Run().renamed(2, "Confirm Account", "Verify account")
    done = run.plan(outcomes=run.outcomes("another text"))
    assert not done.does_something
    assert f"run again: walkthrough check {PATH}" in str(done.refusals[0])


def test_an_old_run_that_found_nothing_is_no_reason_to_refuse() -> None:
    """Of an edited page whose last run found it true, there is nothing to accept."""
    run = Run()
    assert not run.plan(outcomes=run.outcomes("another text")).refusals


def test_a_walkthrough_that_could_not_be_walked_is_refused_with_its_reason() -> None:
    """A fixture that failed is told."""
    run = Run()
    outcome = replace(run.outcomes()[0], steps=(), error="no fixture “reader”\nmore")
    done = run.plan(outcomes=(outcome,))
    assert "“sign-up” could not be walked: no fixture “reader”" in str(done.refusals[0])
    assert not done.does_something


@pytest.mark.parametrize("new", ["Verify <now>", "Verify `now`"])
def test_a_name_that_no_role_can_hold_is_left_to_a_person(new: str) -> None:
    """A name with brackets would be read as a value: nothing of the page is written."""
    done = Run().renamed(2, "Confirm Account", new).plan()
    assert not done.does_something
    assert len(done.refusals) == 1


def test_a_line_that_becomes_too_long_is_broken_and_no_other() -> None:
    """What is over the width moves on within its paragraph; lines that were not touched stay as they are."""
    long = "Verify the account that you have just made in this console of the project's own accounts"
    done = Run().renamed(2, "Confirm Account", long).plan()
    assert max(map(len, done.text.splitlines())) <= 120
    assert done.text.splitlines()[11] == TEXT.splitlines()[11]
    assert " ".join(done.text.split()) == " ".join(TEXT.replace("Confirm Account", long).replace(
        "Confirm Account".replace(" ", "\n   "), long).split())  # fmt: skip
    assert len(guide_of(done.text).walkthroughs[0].steps) == 3


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_broken_line_keeps_the_page_s_line_ends(end: str) -> None:
    """Whether what is over the width moves into the next line or makes a line of its own."""
    words = " ".join(["word"] * 23)
    for behind in ("more of it", "", "more of it\n"):
        text = f"{words} Old\n{behind}".replace("\n", end)
        at = text.index("Old")
        done = applied(text, [Edit(at, at + 3, "A longer name")])
        expected = f"{words} A\nlonger name" + (f" {behind}" if behind else "\n")
        assert done == expected.replace("\n", end)


@pytest.mark.parametrize(
    ("line", "behind"),
    [
        ("# {}", "\nText.\n"),
        ("1. ## {}", "\n   Text.\n"),
        ("{}", "\n======\n"),
        ("{}", "\n------\n"),
        (":::{{note}} {}", "\nText.\n:::\n"),
        ("A | {}", "\n--|--\n"),
    ],
)
def test_what_ends_with_its_line_is_not_broken(line: str, behind: str) -> None:
    """Headings, first lines of directives and rows of tables stay whole, however long they become."""
    name = " ".join(["word"] * 30)
    text = line.format("Old") + behind
    at = text.index("Old")
    assert applied(text, [Edit(at, at + 3, name)]) == line.format(name) + behind


WORDS = " ".join(["word"] * 23)  # 114 signs


@pytest.mark.parametrize(
    ("behind", "made"),
    [
        ("% a comment\n", "% a comment\n"),
        ("(target)=\n## Next\n", "(target)=\n## Next\n"),
        ("<div>\n", "<div>\n"),
        ("{.wide}\n", "{.wide}\n"),
        ("[here]: https://research.example\n", "[here]: https://research.example\n"),
        (f"{WORDS} {WORDS}\n", f"{WORDS} {WORDS}\n"),
    ],
    ids=["comment", "target", "HTML", "attributes", "definition", "long line"],
)
def test_what_is_no_further_line_of_a_paragraph_stays_apart(behind: str, made: str) -> None:
    """Words that move on would become a part of it, or bring it out of its author's lines."""
    text = f"{WORDS} Old\n{behind}"
    done = applied(text, [Edit(text.index("Old"), text.index("Old") + 3, "A longer name")])
    assert done == f"{WORDS} A\nlonger name\n{made}"


@pytest.mark.parametrize("mark", ["\\", "  ", "   "])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_hard_break_stays_behind_its_words(mark: str, end: str) -> None:
    """The next line begins anew on the page too."""
    text = f"{WORDS} Old{mark}{end}next{end}"
    done = applied(text, [Edit(text.index("Old"), text.index("Old") + 3, "A longer name")])
    assert done == f"{WORDS} A{end}longer name{mark}{end}next{end}"


def test_a_line_that_was_long_before_stays_one_line() -> None:
    """Its author writes a paragraph, or a sentence, on a line; the difference is the name alone."""
    text = f"Old {WORDS} {WORDS}\nOld {WORDS}\nnext\n"
    edits = [Edit(at, at + 3, "A longer name") for at in (0, text.rindex("Old"))]
    assert applied(text, edits) == f"A longer name {WORDS} {WORDS}\nA longer name {WORDS[:-10]}\nword word next\n"
