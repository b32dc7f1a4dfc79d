"""Sign-in through the accounts console, the project's OpenID Connect provider."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyterhub.handlers.static import CacheControlStaticFilesHandler
from oauthenticator.generic import GenericOAuthenticator

import projecthub

_THEME = Path(projecthub.__file__).parent / "theme"
_STATIC = Path(__file__).parent / "static"


class ConsoleAuthenticator(GenericOAuthenticator):  # type: ignore[misc]
    """The generic authenticator, which also serves the theme of the hub's pages."""

    def get_handlers(self, app: Any) -> list[Any]:
        """Add the shared style sheet, its fonts, and the hub's own pages' styles."""
        return [
            *super().get_handlers(app),
            (r"/theme/(.*)", CacheControlStaticFilesHandler, {"path": str(_THEME)}),
            (r"/pages/(.*)", CacheControlStaticFilesHandler, {"path": str(_STATIC)}),
        ]
