"""A trace without that with which whoever reads it could act as the person.

The run's own secrets are known by their values; tokens, cookies and the like, which an application makes, by the names
under which they are sent and shown.
"""

from __future__ import annotations

import json
import re
import zipfile
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from walkthrough.world import World

REMOVED: Final = "removed"
"""What stands in the place of a secret that has no example."""

# A part of a name is enough: applications write access_token, X-Auth-Token, csrfToken, csrfmiddlewaretoken.
_TELLING = (
    "token", "secret", "password", "passwd", "passphrase", "credential", "csrf", "xsrf", "jwt", "saml", "ticket",
    "verifier", "apikey", "api_key", "api-key", "authkey", "auth_key", "sessionid", "session_id", "session-id",
    "sessionkey", "session_key",
)  # fmt: skip
_NAME = rf"[\w.:-]*(?:{'|'.join(_TELLING)})[\w.:-]*"
# What OAuth and OpenID Connect send under names that are usual words: secret only where such a value is sent.
_SENT_NAMES = ("code", "state", "nonce", "assertion", "relaystate")
_SENT = "|".join(_SENT_NAMES)
_SECRET = re.compile(_NAME, re.IGNORECASE)
_SECRET_OR_SENT = re.compile(rf"{_NAME}|{_SENT}", re.IGNORECASE)
_HEADER = re.compile(rf"{_NAME}|[\w-]*(?:cookie|auth(?!ority)|key|signature)[\w-]*", re.IGNORECASE)
_LONG = re.compile(r"[\w.~+/=-]{16,}")

# In text of any kind: a field of a form or an address, a quoted attribute, a member of JSON or of a script's object.
_PARAMETER = re.compile(rf"(?P<name>(?<![\w.:-])(?:{_NAME}|{_SENT})=)[^&\s\"'<>\\;#]+", re.IGNORECASE)
_ATTRIBUTE = re.compile(rf"(?P<name>(?<![\w.:-]){_NAME}=(?P<quote>[\"']))(?:(?!(?P=quote)).)+", re.IGNORECASE)
_MEMBER = re.compile(
    rf"(?P<name>(?<![\w.:-])(?P<around>\\*[\"']?){_NAME}(?P=around)\s*:\s*(?P<quote>\\*[\"']))(?:(?!(?P=quote)).)+",
    re.IGNORECASE,
)
# Three parts in base64 behind such a beginning are a JSON Web Token, whatever it is called.
_WEB_TOKEN = re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*")
_TAG = re.compile(r"<(?:input|meta|textarea)\b[^>]*>", re.IGNORECASE)
_NAMED = re.compile(
    rf"\b(?:name|id|property)\s*=\s*[\"']?(?:{_NAME}|{_SENT})[\"'\s/>]|\btype\s*=\s*[\"']?password\b", re.IGNORECASE
)
_HELD = re.compile(r"(?P<name>\b(?:value|content)\s*=\s*(?P<quote>[\"']))(?:(?!(?P=quote)).)*", re.IGNORECASE)

# Without one of these in it, a text has none of the above; most of a trace has not, and searching so is quick.
_HINTS = (*_TELLING, *(f"{name}=" for name in _SENT_NAMES), "eyj")

# How a trace, a HAR and a picture of the document call what a name's value is.
_VALUES = ("value", "content", "__playwright_value_")
_ALL_OF = frozenset({"cookie", "cookies", "set-cookie", "authorization", "proxy-authorization"})
_NO_TEXT = (".png", ".jpeg", ".jpg", ".webp", ".gif", ".woff", ".woff2", ".ttf")


def scrub_trace(raw: Path, clean: Path, world: World) -> None:
    """Copy a trace without the run's secrets, and without cookies and tokens.

    Playwright records what is typed, what is sent and what is shown; its files are JSON lines and the bodies of
    requests and responses.
    """
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = world.scrub(source.read(entry))
            if not entry.filename.endswith(_NO_TEXT):
                lines = content.decode("utf-8", "surrogateescape").split("\n")
                content = "\n".join(_scrub_line(line, world) for line in lines).encode("utf-8", "surrogateescape")
            target.writestr(entry.filename, content)


def _scrub_line(line: str, world: World) -> str:
    if line.lstrip().startswith(("{", "[")):
        try:
            return json.dumps(_scrub_json(json.loads(line), world))
        except ValueError:
            pass
    return _scrub_text(line)


def _scrub_json(data: Any, world: World) -> Any:
    if isinstance(data, dict):
        return _scrub_members(data, world)
    if isinstance(data, list):
        return [_scrub_json(each, world) for each in data]
    if isinstance(data, str):
        shown = world.exemplify(data)
        return _scrub_line(shown, world) if "\n" not in shown else _scrub_text(shown)
    return data


def _scrub_members(data: dict[str, Any], world: World) -> dict[str, Any]:
    name = data.get("name", data.get("id"))
    named = isinstance(name, str) and _SECRET_OR_SENT.fullmatch(name) is not None
    cookie = {"domain", "path", "value"} <= data.keys()
    hidden = named or cookie or data.get("type") == "password"
    scrubbed = {}
    for key, value in data.items():
        if (hidden and key in _VALUES) or _tells(key):
            scrubbed[key] = _without_leaves(value)
        elif isinstance(value, str) and (_is_sent(key, value) or _is_header(key)):
            scrubbed[key] = REMOVED
        elif key == "headers" and isinstance(value, list):
            scrubbed[key] = [_scrub_header(each, world) for each in value]
        else:
            scrubbed[key] = _scrub_json(value, world)
    return scrubbed


def _scrub_header(header: Any, world: World) -> Any:
    if isinstance(header, dict) and _HEADER.fullmatch(str(header.get("name", ""))):
        return _without_leaves(header)
    return _scrub_json(header, world)


def _without_leaves(value: Any) -> Any:
    """The same with no text in it that could be a secret; of lists and objects the shape stays, and names."""
    if isinstance(value, dict):
        return {key: each if key == "name" else _without_leaves(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_leaves(each) for each in value]
    return REMOVED if isinstance(value, str) and value else value


@cache
def _tells(key: str) -> bool:
    return key.lower() in _ALL_OF or _SECRET.fullmatch(key) is not None


def _is_sent(key: str, value: str) -> bool:
    return key.lower() in _SENT_NAMES and _LONG.fullmatch(value) is not None


def _is_header(key: str) -> bool:
    return "-" in key and _HEADER.fullmatch(key) is not None


@lru_cache(maxsize=10_000)  # most of a trace's texts come again and again
def _scrub_text(text: str) -> str:
    lower = text.lower()
    if not any(hint in lower for hint in _HINTS):
        return text
    text = _TAG.sub(lambda tag: _scrub_tag(tag.group()), text)
    for pattern in (_PARAMETER, _ATTRIBUTE, _MEMBER):
        text = pattern.sub(rf"\g<name>{REMOVED}", text)
    return _WEB_TOKEN.sub(REMOVED, text)


def _scrub_tag(tag: str) -> str:
    return _HELD.sub(rf"\g<name>{REMOVED}", tag) if _NAMED.search(tag) else tag
