"""The API: for the hub's own tools and the workspaces' terminals, never for browsers."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from projecthub.accounts import flows
from projecthub.accounts.adapter import MailNotSent
from projecthub.accounts.password_change import BadNewPassword, ChangeRefused, TooManyTries, change_password


def _error(status: HTTPStatus, message: str) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Tell that the console answers."""
    return HttpResponse("ok", content_type="text/plain")


@csrf_exempt
@never_cache
@require_POST
def invitations(request: HttpRequest) -> JsonResponse:
    """Invite the person with the e-mail address in ``{"email": …}``; the answer holds the password, once."""

    def invite(email: str) -> dict[str, Any]:
        issued = flows.issue_invitation(email)
        flows.send_invitation(issued)
        return _told(issued)

    return _for_address(request, invite)


@csrf_exempt
@never_cache
@require_POST
def members(request: HttpRequest) -> JsonResponse:
    """Make an account for the e-mail address in ``{"email": …}``, without its person's doing, and begin a session.

    The answer is an invitation's, with the cookie of the session that is signed in: for whoever tries the hub, or
    writes about what members do there. Nobody's account is opened that was there before.
    """

    def admit(email: str) -> dict[str, Any]:
        user, issued = flows.admit(email)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": request.session.session_key}
        return {**_told(issued), "cookie": cookie}

    return _for_address(request, admit)


def _for_address(request: HttpRequest, do: Callable[[str], dict[str, Any]]) -> JsonResponse:
    """Answer a request with the API's token and an e-mail address."""
    given = request.headers.get("Authorization", "")
    if not constant_time_compare(given, f"Bearer {settings.PROJECTHUB.api_token}"):
        response = _error(HTTPStatus.UNAUTHORIZED, "The API token is missing or wrong.")
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    try:
        email = json.loads(request.body)["email"]
    except (ValueError, KeyError, TypeError):
        email = None
    if not isinstance(email, str):
        return _error(HTTPStatus.BAD_REQUEST, 'The body must be JSON such as {"email": "jdoe@research.example"}.')
    try:
        return JsonResponse(do(email), status=HTTPStatus.CREATED)
    except flows.AlreadyTaken as error:
        return _error(HTTPStatus.CONFLICT, str(error))
    except flows.InvitationRefused as error:
        return _error(HTTPStatus.BAD_REQUEST, str(error))
    except MailNotSent:
        return _error(HTTPStatus.BAD_GATEWAY, "The mail server did not take the invitation; invite again later.")


def _told(issued: flows.IssuedInvitation) -> dict[str, Any]:
    return {
        "email": issued.invitation.email,
        "username": issued.invitation.username,
        "password": issued.password,
        "project": issued.invitation.project,
        "url": settings.PROJECTHUB.hub_url,
    }


# No cookie counts here, and JSON is what no foreign page can send unasked: there is no session to protect from forgery.
@csrf_exempt
@never_cache
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Change the password of ``{"username": …, "current_password": …, "new_password": …}``; answer 204."""
    if request.content_type != "application/json":
        return _error(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be JSON.")
    try:
        body = json.loads(request.body)
        given = [body[name] for name in ("username", "current_password", "new_password")]
    except (ValueError, KeyError, TypeError, RecursionError):
        given = [None]
    if not all(isinstance(value, str) for value in given):
        return _error(HTTPStatus.BAD_REQUEST, "The body must hold username, current_password and new_password.")
    try:
        change_password(request, *given)
    except TooManyTries as error:
        return _error(HTTPStatus.TOO_MANY_REQUESTS, str(error))
    except BadNewPassword as error:
        return _error(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
    except ChangeRefused as error:
        return _error(HTTPStatus.FORBIDDEN, str(error))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
