"""The mailbox's web pages and its JSON API."""

from __future__ import annotations

from email.utils import getaddresses
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup
from tornado.web import Application, HTTPError, RequestHandler, url

import projecthub
from projecthub.mail.message import Message
from projecthub.mail.sanitise import sanitise
from projecthub.mail.settings import MailSettings
from projecthub.mail.store import Store
from projecthub.rendered import Notes
from projecthub.served import NotedFiles

_HERE = Path(__file__).parent
_THEME = Path(projecthub.__file__).parent / "theme"
_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_LONGEST_WAIT = 300.0


def application(store: Store, settings: MailSettings) -> Application:
    """Build the web application over a store of messages."""
    folders = [_HERE / "templates"]
    if settings.overlay:
        folders.insert(0, settings.overlay)
    notes = Notes(settings.rendered, {settings.overlay: _HERE / "templates"} if settings.overlay else {})
    templates = Environment(
        loader=FileSystemLoader(folders), autoescape=select_autoescape(), extensions=[notes.jinja()]
    )
    page = {"store": store, "templates": templates, "project": settings.project}
    handlers = [
        url(r"/", ListPage, page),
        url(r"/messages/(\d+)", MessagePage, page),
        url(r"/health", Health),
        url(r"/api/messages", ApiList, {"store": store}),
        url(r"/api/messages/wait", ApiWait, {"store": store}),
        url(r"/api/messages/(\d+)", ApiMessage, {"store": store}),
        url(r"/theme/(.*)", NotedFiles, {"path": str(_THEME), "notes": notes}),
        url(r"/static/(.*)", NotedFiles, {"path": str(_HERE / "static"), "notes": notes}),
    ]
    # Only under its own address: a page elsewhere that points a name of its own here reads no mail.
    app = Application(log_function=lambda handler: None)
    app.add_handlers(r"127\.0\.0\.1|localhost", handlers)
    return app


class Health(RequestHandler):
    """Tells that the mailbox answers."""

    def get(self) -> None:
        """Answer ok."""
        self.finish("ok")


class Page(RequestHandler):
    """A page made from a template."""

    def initialize(self, store: Store, templates: Environment, project: str) -> None:
        """Take what all pages need."""
        self.store = store
        self.template = partial(self._template, templates, project)

    def set_default_headers(self) -> None:
        """Keep mails out of caches and frames, and their addresses out of referrers."""
        self.set_header("Content-Security-Policy", _POLICY)
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "no-referrer")

    def _template(self, templates: Environment, project: str, name: str, to: str | None = None, **values: Any) -> None:
        messages = self.store.messages(to)[::-1]
        page = templates.get_template(f"mailbox/{name}")
        self.finish(page.render(messages=messages, project=project, **values))


class ListPage(Page):
    """All messages, newest first."""

    def get(self) -> None:
        """Show the list."""
        self.template("list.html")


class MessagePage(Page):
    """One message, beside the others that went to the same person."""

    def get(self, id: str) -> None:
        """Show the message, or that there is none."""
        message = self.store.get(id)
        if message is None:
            self.set_status(HTTPStatus.NOT_FOUND)
            self.template("missing.html")
            return
        body = Markup(sanitise(message.html)) if message.html else None
        addresses = [address for _, address in getaddresses([message.to]) if address]
        self.template("message.html", to=addresses[0] if addresses else None, message=message, body=body)


class Api(RequestHandler):
    """An answer in JSON."""

    def initialize(self, store: Store) -> None:
        """Take the messages."""
        self.store = store

    def optional(self, name: str) -> str | None:
        """Return a query's argument, or None where it is missing or empty."""
        return self.get_query_argument(name, "") or None

    def needed(self, name: str) -> str:
        """Return a query's argument, or refuse the query."""
        value = self.optional(name)
        if value is None:
            raise HTTPError(HTTPStatus.BAD_REQUEST, reason=f"{name} is missing")
        return value


class ApiList(Api):
    """``GET /api/messages?to=`` lists messages, oldest first."""

    def get(self) -> None:
        """Answer with the messages."""
        found = self.store.messages(self.optional("to"), self.optional("subject"), self.optional("after"))
        self.finish({"messages": [message.as_json() for message in found]})


class ApiMessage(Api):
    """``GET /api/messages/ID`` gives one message."""

    def get(self, id: str) -> None:
        """Answer with the message."""
        message = self.store.get(id)
        if message is None:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        self.finish(message.as_json())


class ApiWait(Api):
    """``GET /api/messages/wait?to=&subject=&after=&timeout=`` answers when the message is there, or at the timeout."""

    async def get(self) -> None:
        """Answer with the message, or with the subjects that the mailbox holds instead."""
        to, subject = self.needed("to"), self.needed("subject")
        try:
            timeout = min(float(self.needed("timeout")), _LONGEST_WAIT)
        except ValueError:
            raise HTTPError(HTTPStatus.BAD_REQUEST, reason="timeout is not a number") from None
        message: Message | None = await self.store.wait_for(to, subject, self.optional("after"), timeout)
        if message is not None:
            self.finish({"message": message.as_json()})
        else:
            self.finish({"subjects": [each.subject for each in self.store.messages()]})
