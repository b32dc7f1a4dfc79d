"""The content security policy of every page."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Allow the console's own style, fonts and pictures, and forms that lead on to the hub; nothing else."""
    # Inline styles are what password managers and picture-taking tools add to a page; there are no scripts at all.
    # Browsers apply form-action to the redirects after a form too, and signing in redirects to the hub.
    policy = (
        "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self'; base-uri 'none'; "
        f"form-action 'self' {settings.PROJECTHUB.hub_origin}; frame-ancestors 'none'"
    )

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware
