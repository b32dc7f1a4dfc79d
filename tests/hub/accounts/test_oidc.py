"""The OpenID Connect provider, as the hub uses it."""

from __future__ import annotations

import base64
import hashlib
import secrets
import stat
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.idp.oidc.models import Client as OIDCClient
from django.conf import settings

from projecthub.accounts.oidc import register_hub

from .conftest import ACCOUNTS_URL, ENVIRONMENT, HUB_URL, STATE
from .journey import Journey

SECRET = ENVIRONMENT["PROJECTHUB_OIDC_CLIENT_SECRET"]


@pytest.fixture
def verifier() -> str:
    return secrets.token_urlsafe(48)


def authorize(journey: Journey, verifier: str, **changes: str) -> str:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    query = {
        "client_id": "hub",
        "response_type": "code",
        "scope": "openid profile",
        "redirect_uri": f"{HUB_URL}hub/oauth_callback",
        "state": "some-state",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **changes,
    }
    journey.get("/identity/o/authorize", **query)
    return str(journey.response.headers.get("Location", ""))


def exchange(journey: Journey, code: str, verifier: str, secret: str = SECRET) -> Any:
    return journey.another_browser().client.post(
        "/identity/o/api/token",
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": f"{HUB_URL}hub/oauth_callback",
            "code_verifier": verifier,
            "client_id": "hub",
            "client_secret": secret,
        },
    )


def code_of(location: str) -> str:
    query = parse_qs(urlsplit(location).query)
    assert location.startswith(f"{HUB_URL}hub/oauth_callback?"), location
    assert query["state"] == ["some-state"]
    return query["code"][0]


def test_from_the_hub_and_back(journey: Journey, verifier: str):
    """Authorize, sign in, come back without a consent page, exchange the code: the user name arrives."""
    password = journey.finish()["password"]
    login = authorize(journey, verifier)
    assert login.startswith("/login/?next=")
    page = journey.get(login)
    assert page.heading == "JupyterHub Console"
    journey.response = journey.client.post(login, {"login": "jdoe", "password": password})
    journey.get(journey.response.headers["Location"])
    answer = exchange(journey, code_of(journey.response.headers["Location"]), verifier)
    assert answer.status_code == 200, answer.content
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    user = journey.client.get("/identity/o/api/userinfo", headers=headers).json()
    assert user["preferred_username"] == "jdoe"
    key = jwt.PyJWKSet.from_dict(journey.client.get("/.well-known/jwks.json").json()).keys[0]
    claims = jwt.decode(answer.json()["id_token"], key.key, ["RS256"], audience="hub", options={"verify_iat": False})
    assert claims["preferred_username"] == "jdoe"
    assert claims["iss"] == ACCOUNTS_URL.rstrip("/")


def test_wrong_verifier(journey: Journey, verifier: str):
    """A code is worth nothing without the verifier that began the sign-in."""
    journey.log_in(journey.finish()["password"])
    code = code_of(authorize(journey, verifier))
    assert exchange(journey, code, "x" * 50).status_code == 400


def test_wrong_secret(journey: Journey, verifier: str):
    """A code is worth nothing without the client's secret."""
    journey.log_in(journey.finish()["password"])
    code = code_of(authorize(journey, verifier))
    assert exchange(journey, code, verifier, "wrong").status_code == 401


def test_code_is_good_once(journey: Journey, verifier: str):
    """A code can be exchanged once only."""
    journey.log_in(journey.finish()["password"])
    code = code_of(authorize(journey, verifier))
    assert exchange(journey, code, verifier).status_code == 200
    assert exchange(journey, code, verifier).status_code == 400


@pytest.mark.parametrize("change", [{"redirect_uri": "https://evil.example/"}, {"client_id": "other"}])
def test_foreign_clients(journey: Journey, verifier: str, change: dict[str, str]):
    """A foreign client or address gets a page in the console's own style, and nothing else."""
    journey.log_in(journey.finish()["password"])
    assert authorize(journey, verifier, **change) == ""
    assert journey.page.heading == "This sign-in cannot go on"


def test_fresh_sign_in_on_request(journey: Journey, verifier: str):
    """A client that asks for a fresh sign-in gets the sign-in page, and then the code."""
    password = journey.finish()["password"]
    journey.log_in(password)
    again = authorize(journey, verifier, prompt="login")
    journey.get(again)
    assert not journey.signed_in
    login = journey.response.headers["Location"].removeprefix(ACCOUNTS_URL.rstrip("/"))
    journey.response = journey.client.post(login, {"login": "jdoe", "password": password})
    journey.get(journey.response.headers["Location"])
    assert code_of(journey.response.headers["Location"])


def test_discovery_names_what_is_offered(journey: Journey):
    """The discovery document holds the public addresses, and nothing that is not offered."""
    data = journey.client.get("/.well-known/openid-configuration").json()
    assert data["issuer"] == ACCOUNTS_URL.rstrip("/")
    assert data["authorization_endpoint"] == f"{ACCOUNTS_URL}identity/o/authorize"
    assert data["grant_types_supported"] == ["authorization_code"]
    assert "device_authorization_endpoint" not in data


def test_device_pages_do_not_exist(journey: Journey):
    """The library's pages for devices are not reachable."""
    for path in ("/identity/o/device", "/identity/o/api/device/code"):
        assert journey.get(path).heading == "This page does not exist"


def test_signing_key_is_private():
    """The signing key is made once, and readable by its owner only."""
    path = STATE / "oidc-signing-key.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == settings.IDP_OIDC_PRIVATE_KEY


def test_registration_is_stable():
    """Starting again leaves the client as it is; a stray client is removed."""
    before = OIDCClient.objects.get()
    OIDCClient.objects.create(id="stray", name="stray")
    register_hub(settings.PROJECTHUB)
    assert OIDCClient.objects.get().secret == before.secret
    assert SECRET not in before.secret


def test_console_sign_out_page(journey: Journey):
    """The provider's own sign-out asks in the console's own style, and signs out."""
    journey.log_in(journey.finish()["password"])
    page = journey.get("/identity/o/logout")
    assert page.heading == "Sign out of the console?"
    assert page.buttons == ["Sign out", "Stay signed in"]
