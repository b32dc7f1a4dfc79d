"""What the hub's log leaves out."""

from __future__ import annotations

import logging
from typing import Any


class NoSessions(logging.Filter):
    """Drops the lines about new cookies: they quote the session that a cookie belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether to keep a line."""
        return record.module != "_xsrf_utils"


def logging_config() -> dict[str, Any]:
    """Return the addition to JupyterHub's logging configuration."""
    return {
        "filters": {"no_sessions": {"()": "projecthub.hub.logs.NoSessions"}},
        "handlers": {"console": {"filters": ["no_sessions"]}},
    }
