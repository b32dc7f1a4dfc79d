"""Notes which templates and static files the console uses, where the setting ``PROJECTHUB_RENDERED`` asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.template import Origin, Template
from django.template.engine import Engine
from django.template.loaders import cached

from projecthub.rendered import Notes


class Loader(cached.Loader):
    """The cached loader, which notes each template that it hands out: whatever is rendered, extended or included."""

    def __init__(self, engine: Engine, loaders: list[Any], notes: Notes) -> None:
        super().__init__(engine, loaders)
        self._notes = notes

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """Return a template, which the engine asks for each time that it uses one."""
        template = super().get_template(template_name, skip)
        self._notes.note(template.origin.name if template.origin else None)
        return template


def static_files(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Note each static file that a browser asks for."""
    if settings.PROJECTHUB.rendered is None:
        raise MiddlewareNotUsed
    notes: Notes = settings.PROJECTHUB_NOTES

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(settings.STATIC_URL):
            found = finders.find(request.path_info.removeprefix(settings.STATIC_URL))
            notes.note(found, request.build_absolute_uri())
        return get_response(request)

    return middleware
