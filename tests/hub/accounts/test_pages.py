"""The other pages: home, errors, security headers, templates of one's own."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings

from projecthub.accounts import views

from .journey import Journey
from .page import Page


def test_home_signed_out(journey: Journey):
    """A visitor reads what this is and finds the ways in."""
    page = journey.get("/")
    assert page.links["Sign in"].endswith("/50123/hub/oauth_login")
    assert page.links["Sign up"] == "/signup/"


def test_home_signed_in(journey: Journey):
    """A person who is signed in reads as whom, and finds the workspace and the way out."""
    journey.log_in(journey.finish()["password"])
    page = journey.get("/")
    assert "jdoe@research.example" in journey.response.content.decode()
    assert page.links["Open the workspace"].endswith("/50123/hub/oauth_login")
    assert page.buttons == ["Sign out"]


@pytest.mark.parametrize(
    "path", ["/email/", "/password/change/", "/password/reset/", "/password/set/", "/admin/", "/accounts/login/"]
)
def test_the_libraries_pages_are_not_reachable(journey: Journey, path: str):
    """No page of the libraries is served; a wrong address gets our own page."""
    assert journey.get(path).heading == "This page does not exist"
    assert journey.response.status_code == 404


def test_every_page_is_styled(journey: Journey):
    """Every page of the console and the provider is in our own style, signed in or not, or leads elsewhere."""
    password = journey.finish()["password"]
    for _ in range(2):
        for path in (
            "",
            "signup/",
            "signup/confirm/",
            "login/",
            "inactive/",
            "identity/o/authorize",
            "identity/o/logout",
        ):
            journey.get(f"/{path}")
            if journey.response.status_code != 302:
                assert "theme/projecthub.css" in journey.response.content.decode(), path
        journey.log_in(password)


def test_stale_form():
    """A form without its token gets our own page, and changes nothing."""
    client = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1:8001"})
    response = client.post("/login/", {"login": "jdoe", "password": "x"})
    assert response.status_code == 403
    assert Page(response.content.decode()).heading == "This form has gone stale"


def test_server_error():
    """An error of the console itself gets our own page, without details."""
    client = Client(raise_request_exception=False, headers={"host": "127.0.0.1:8001"})
    with mock.patch.object(views, "render", side_effect=[RuntimeError("inside"), mock.DEFAULT], wraps=views.render):
        response = client.get("/")
    assert response.status_code == 500
    assert Page(response.content.decode()).heading == "Something went wrong on our side"
    assert b"inside" not in response.content


def test_headers(client: Client):
    """Pages may not be framed, load nothing foreign, and tell no foreign site their address."""
    headers = client.get("/login/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "form-action 'self' http://127.0.0.1:8000;" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_cookies_have_names_of_their_own(journey: Journey):
    """Cookies ignore ports: their names keep the hub's services on one host apart."""
    journey.log_in(journey.finish()["password"])
    assert set(journey.client.cookies) == {"projecthub_accounts_8001_session", "projecthub_accounts_8001_csrf"}
    assert all(cookie["httponly"] for cookie in journey.client.cookies.values())


def test_foreign_host_names(client: Client):
    """A request for another host name is refused."""
    with override_settings(ALLOWED_HOSTS=["127.0.0.1"]):
        response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400


def test_pages_are_not_cached(client: Client):
    """Forms are not kept by browsers or proxies."""
    for path in ("/signup/", "/login/", "/"):
        assert "no-store" in client.get(path).headers["Cache-Control"]


def test_overlay_wins(journey: Journey, tmp_path: Path):
    """A template in the overlay's accounts or mail folder replaces the shipped one of that name."""
    (tmp_path / "accounts").mkdir()
    (tmp_path / "mail").mkdir()
    (tmp_path / "accounts/home.html").write_text("<h1>Our own home</h1>")
    (tmp_path / "mail/invitation_subject.txt").write_text("Our own subject")
    templates = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    with override_settings(TEMPLATES=templates):
        assert journey.get("/").heading == "Our own home"
        journey.invite()
    assert mail.outbox[-1].subject == "Our own subject"
