"""What every template knows."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from projecthub.settings import Settings


def project(request: HttpRequest) -> dict[str, str]:
    """The project and the addresses of its hub."""
    hub: Settings = settings.PROJECTHUB
    return {
        "project_number": hub.project,
        "project_title": hub.project_title,
        "hub_url": hub.hub_url,
        "hub_login_url": hub.hub_login_url,
    }
