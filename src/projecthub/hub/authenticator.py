"""Sign-in through the accounts console, the project's OpenID Connect provider."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyterhub.handlers.static import CacheControlStaticFilesHandler
from oauthenticator.generic import GenericOAuthenticator
from traitlets import Instance

import projecthub
from projecthub.rendered import Notes
from projecthub.served import NotedFiles

_THEME = Path(projecthub.__file__).parent / "theme"
_STATIC = Path(__file__).parent / "static"


class PageFiles(NotedFiles, CacheControlStaticFilesHandler):  # type: ignore[misc]
    """Files of the hub's pages, kept by browsers as the hub's own are."""


class ConsoleAuthenticator(GenericOAuthenticator):  # type: ignore[misc]
    """The generic authenticator, which also serves the theme of the hub's pages."""

    notes = Instance(Notes, args=(None,), help="Where it is noted which files are served.").tag(config=True)

    def get_handlers(self, app: Any) -> list[Any]:
        """Add the shared style sheet, its fonts, and the hub's own pages' styles."""
        return [
            *super().get_handlers(app),
            (r"/theme/(.*)", PageFiles, {"path": str(_THEME), "notes": self.notes}),
            (r"/pages/(.*)", PageFiles, {"path": str(_STATIC), "notes": self.notes}),
        ]
