"""The API: for the hub's own tools and the workspaces' terminals, never for browsers."""

from __future__ import annotations

import json
from http import HTTPStatus

from django.conf import settings
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
        issued = flows.issue_invitation(email)
        flows.send_invitation(issued)
    except flows.AlreadyTaken as error:
        return _error(HTTPStatus.CONFLICT, str(error))
    except flows.InvitationRefused as error:
        return _error(HTTPStatus.BAD_REQUEST, str(error))
    except MailNotSent:
        return _error(HTTPStatus.BAD_GATEWAY, "The mail server did not take the invitation; invite again later.")
    invitation = issued.invitation
    return JsonResponse(
        {
            "email": invitation.email,
            "username": invitation.username,
            "password": issued.password,
            "project": invitation.project,
            "url": settings.PROJECTHUB.hub_url,
        },
        status=HTTPStatus.CREATED,
    )


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
