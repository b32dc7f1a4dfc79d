"""When the product drifts, the failure stands at the page's line, in words that a writer understands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.plugin.conftest import Project

Changed = Callable[..., str]


def test_a_renamed_button_is_named_with_its_new_name(changed: Changed, project: Project) -> None:
    """The failure gives the line, the old name, and the nearest name on the page."""
    text = changed("site/form.html", "<button>Sign up", "<button>Sign up now")
    assert f"docs/page.md:{project.line('{click}`Sign up`.')}: step 2: expected" not in text
    assert f"docs/page.md:{project.line('tick') + 1}: step 3: expected" in text
    assert "“Sign up”" in text
    assert "button “Sign up now”" in text
    assert "write {click}`Sign up now`" in text


def test_a_removed_link_fails_at_its_line_and_the_rest_is_not_reached(changed: Changed, project: Project) -> None:
    """Steps behind a failed one are reported as not reached."""
    text = changed("site/index.html", "<a href=form.html>Sign up</a>", "")
    assert f"docs/page.md:{project.line('Click {click}')}: step 2: expected" in text
    assert "not reached: steps 3 to 4, since step 2 failed" in text
    assert "passed" not in text.splitlines()[-1]


@pytest.mark.parametrize(
    ("now", "told", "advised"),
    [
        (
            "<h2>Register</h2><a href=form.html>Register here</a><p>Or</p>{}",
            "link “Register here”, link “Sign in”",
            True,
        ),
        ("{}", "link “Sign in”, link “Sign off”", False),
    ],
    ids=["moved and renamed", "removed"],
)
def test_what_was_there_before_is_not_advised_as_a_new_name(
    changed: Changed, project: Project, now: str, told: str, advised: bool
) -> None:
    """However alike its name is: the page still had both when it was true."""
    project.change("site/index.html", "<nav>", "<nav><a href=mail.html>Sign in</a> <a href=mail.html>Sign off</a> ")
    assert project.run("docs", "--walkthrough-update").ret == 0
    rest = "<nav><a href=mail.html>Sign in</a> <a href=mail.html>Sign off</a> "
    text = changed("site/index.html", f"{rest}<a href=form.html>Sign up</a></nav>", now.format(f"{rest}</nav>"))
    assert f"the nearest are {told}" in text
    assert ("write {click}`Register here`" in text) is advised
    assert "write {click}`Sign" not in text


def test_a_misspelt_name_is_advised_as_it_was(changed: Changed, project: Project) -> None:
    """It is the sentence that has changed, so what was there before is the likeliest to be meant."""
    assert project.run("docs", "--walkthrough-update").ret == 0
    assert "write {click}`Sign up`" in changed("docs/page.md", "Click {click}`Sign up`", "Click {click}`Sign upp`")


def test_an_ambiguous_name_lists_the_candidates(changed: Changed) -> None:
    """Where a button and a link share the name, both are listed and the narrower roles proposed."""
    text = changed("site/index.html", "<nav>", "<button>Sign up</button><nav>")
    assert "2 of them on the page “Start”" in text
    assert "button “Sign up”" in text
    assert "link “Sign up” in nav" in text
    assert "{button}`Sign up` or {link}`Sign up`" in text


def test_a_name_that_became_a_heading_is_told(changed: Changed) -> None:
    """What has the name but cannot be clicked is told as what it is."""
    text = changed("site/index.html", "<a href=form.html>Sign up</a>", "<h2>Sign up</h2>")
    assert "“Sign up” on the page “Start”" in text
    assert "only as heading" in text


def test_a_disabled_button_fails(changed: Changed) -> None:
    """A control that is there but disabled is not a control that a reader can use."""
    text = changed("site/form.html", "<button>", "<button disabled>")
    assert "it is disabled, hidden or covered" in text


def test_a_missing_field_names_the_nearest(changed: Changed) -> None:
    """A field whose label changed is named with the labels that are there."""
    text = changed("site/form.html", ">User name<", ">Login name<")
    assert "expected a field “User name”" in text
    assert "textbox “Login name”" in text


def test_a_label_that_stands_there_twice_fails(changed: Changed) -> None:
    """Two fields of one id are one to a browser, and two to whoever looks at the page."""
    text = changed("site/form.html", "<label for=p>", "<label for=p>Password</label><input id=p><br><label for=p>")
    assert "expected one field “Password”" in text
    assert "found: its label twice" in text


def test_a_field_that_cuts_its_value_off_fails(changed: Changed) -> None:
    """A code of six digits does not fit into a field for four."""
    text = changed("site/form.html", "name=code", "name=code maxlength=4")
    assert "expected the field “Code” to take the whole value" in text
    assert "it takes 4 signs only" in text


def test_a_missing_option_lists_the_options(changed: Changed) -> None:
    """An option that is gone is told with those that are offered."""
    text = changed("site/form.html", "<option>International", "<option>Global")
    assert "expected the option “International” in “Unit”" in text
    assert "“Health”, “Global”" in text


def test_mail_that_does_not_come_tells_what_came(changed: Changed, project: Project) -> None:
    """A subject that changed is told with what the mailbox holds."""
    text = changed("docs/page.md", "{mail}`Your invitation`", "{mail}`Your welcome`")
    assert f"docs/page.md:{project.line('Your welcome')}: step 1: expected an e-mail “Your welcome”" in text
    assert "the mailbox holds “Your invitation”" in text


def test_another_page_than_expected_is_named(changed: Changed) -> None:
    """A wrong redirect shows in the title and address of the page that is there instead."""
    text = changed("site/form.html", "action=done.html", "action=index.html")
    assert "expected a text or control “Account ready”" in text
    assert "the page “Start” at https://site.research.example/index.html" in text


def test_a_failure_keeps_the_picture_and_a_trace(changed: Changed, project: Project) -> None:
    """The picture of the moment and a trace lie where the failure says."""
    text = changed("site/form.html", "<button>Sign up", "<button>Go")
    for name in ("failure.png", "trace.zip"):
        assert f"kept: .walkthrough/docs+page+sign-up/{name}" in text
        assert (project.path / ".walkthrough/docs+page+sign-up" / name).stat().st_size > 1000


def test_swapped_steps_fail(changed: Changed) -> None:
    """A page that tells the steps in another order fails."""
    text = changed("docs/page.md", "Click {click}`Sign up`.", "{see}`Account ready`.")
    assert "step 2: expected a text or control “Account ready”" in text
