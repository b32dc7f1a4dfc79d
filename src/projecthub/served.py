"""Static files as tornado serves them, noted where somebody asks for it."""

from __future__ import annotations

from typing import Any

from tornado.web import StaticFileHandler

from projecthub.rendered import Notes


class NotedFiles(StaticFileHandler):
    """Serves a folder's files, and notes each one that is asked for."""

    def initialize(self, path: str, *others: Any, notes: Notes | None = None, **named: Any) -> None:
        """Take the folder, and where to note what is served."""
        super().initialize(path, *others, **named)
        self._notes = notes or Notes(None)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Return the file's path, as ever."""
        found = super().validate_absolute_path(root, absolute_path)
        self._notes.note(found, self.request.full_url())
        return found
