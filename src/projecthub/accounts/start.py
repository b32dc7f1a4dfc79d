"""Start the console as one process: database, client, server."""

from __future__ import annotations

import logging
import os
import signal
import sys
from types import FrameType

from cheroot.wsgi import Server as CherootServer

from projecthub.settings import SettingsError

logger = logging.getLogger(__name__)


class Server(CherootServer):
    """The WSGI server, which tells its troubles to our log."""

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
        """Log what the server has to say; that it was asked to stop is no news."""
        logger.log(level if traceback else logging.DEBUG, msg, exc_info=traceback)


def main() -> int:
    """Serve until SIGTERM or SIGINT; return the process's exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "projecthub.accounts.config")
    # What is made from here on, database and keys, is for this user's eyes only.
    os.umask(0o077)
    try:
        from projecthub.accounts.wsgi import application  # noqa: PLC0415
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    from django.conf import settings  # noqa: PLC0415
    from django.core.checks import run_checks  # noqa: PLC0415

    from projecthub.accounts.checks import TAG  # noqa: PLC0415

    problems = run_checks(tags=[TAG])
    for problem in problems:
        print(problem, file=sys.stderr)
    if any(problem.is_serious() for problem in problems):
        return 2
    prepare()
    server = Server(settings.PROJECTHUB.accounts_bind, application, numthreads=6, server_name="projecthub")
    signal.signal(signal.SIGTERM, _stop)
    try:
        server.prepare()
        print(f"The accounts console is at {settings.PROJECTHUB.accounts_url}", flush=True)
        server.serve()
    except (KeyboardInterrupt, SystemExit):
        pass
    except OSError as error:
        print(f"PROJECTHUB_ACCOUNTS_BIND cannot be used: {error}", file=sys.stderr)
        return 2
    finally:
        server.stop()
    return 0


def prepare() -> None:
    """Bring the database up to date and register the hub as the provider's client."""
    from allauth.idp.oidc.models import Token  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    from projecthub.accounts.oidc import register_hub  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("clearsessions", verbosity=0)
    Token.objects.expired().delete()
    register_hub(settings.PROJECTHUB)


def _stop(signum: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
