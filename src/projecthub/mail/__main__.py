"""Start the mail process: ``python -m projecthub.mail``, with its settings in the environment."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from aiosmtpd.smtp import SMTP, Envelope, Session
from tornado.httpserver import HTTPServer

from projecthub.mail.pages import application
from projecthub.mail.settings import MailSettings
from projecthub.mail.store import Store
from projecthub.settings import SettingsError


class Sink:
    """Takes every message and keeps it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep one message."""
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else content
        message = await self._store.add(raw, [str(address) for address in envelope.rcpt_tos])
        print(f"message {message.id} came", flush=True)
        return "250 OK"


async def serve(settings: MailSettings) -> None:
    """Take and show mail until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    store = Store(settings.folder, settings.url)
    smtp = await loop.create_server(
        lambda: SMTP(Sink(store), hostname="localhost", enable_SMTPUTF8=True, loop=loop),
        "127.0.0.1",
        settings.smtp_port,
    )
    web = HTTPServer(application(store, settings))
    web.listen(settings.mailbox_port, "127.0.0.1")
    print(f"the mailbox is at {settings.url}", flush=True)
    await stopped.wait()
    web.stop()
    smtp.close()


def main() -> int:
    """Run the mail process; return its exit status."""
    os.umask(0o077)
    try:
        settings = MailSettings.from_environment()
        asyncio.run(serve(settings))
    except (SettingsError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
