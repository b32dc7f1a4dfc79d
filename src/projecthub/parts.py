"""The processes that make up a hub: their commands, their settings, and how each shows that it is ready."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from projecthub import ports
from projecthub.hub import proxy
from projecthub.project import Project
from projecthub.rendered import VARIABLE as RENDERED
from projecthub.state import Kept

MAIL_FROM = "JupyterHub <jupyterhub@research.example>"
# The choices of a deployment that make sense for a local hub too; each is described where it is read.
CHOICES = (
    *("PROJECTHUB_SPAWNER", "PROJECTHUB_HUB_CONFIG", "PROJECTHUB_HUB_DATABASE_URL", "PROJECTHUB_DATABASE_URL"),
    "PROJECTHUB_PASSWORD_WAIT_DAYS",
)
# What a surrounding Jupyter, hub or Django left in the environment is not meant for ours.
_FOREIGN = ("PROJECTHUB_", "JUPYTER", "JPY_", "CONFIGPROXY_", "DJANGO_", "OAUTH", "IPYTHON", "GENERICAUTH")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One process; once it is up, the addresses of `ready` answer 200, the first one first."""

    name: str
    argv: list[str]
    env: dict[str, str] = field(repr=False)
    cwd: str
    log: str
    ready: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return what the keeper needs."""
        return {name: value for name, value in asdict(self).items() if name != "ready"}


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where a hub's parts are reached; each ends with a slash."""

    hub: str
    accounts: str
    mailbox: str


def addresses(project: Project, kept: Kept) -> Addresses:
    """Return the addresses that go with the ports of a state folder."""
    return Addresses(
        hub=f"http://{ports.HOST}:{kept.hub_port}/{project.number}/",
        accounts=f"http://{ports.HOST}:{kept.accounts_port}/",
        mailbox=f"http://{ports.HOST}:{kept.mailbox_port}/",
    )


def parts(
    *,
    state: Path,
    project: Project,
    kept: Kept,
    overlay: Path | None = None,
    files: Sequence[Path] = (),
    rendered: Path | None = None,
) -> list[Part]:
    """Describe the hub's processes; they can all start at once."""
    at = addresses(project, kept)
    smtp_port, proxy_api_port, hub_api_port = (ports.reserve() for _ in range(3))
    proxy_token = secrets.token_urlsafe(32)
    shared = {
        "PROJECTHUB_STATE": str(state),
        "PROJECTHUB_PROJECT": project.number,
        "PROJECTHUB_PROJECT_TITLE": project.title,
        "PROJECTHUB_PROJECT_UNIT": project.unit,
        "PROJECTHUB_PROJECT_STORAGE": project.storage,
        "PROJECTHUB_HUB_URL": at.hub,
        "PROJECTHUB_ACCOUNTS_URL": at.accounts,
        "PROJECTHUB_OIDC_CLIENT_ID": f"jupyterhub-{project.number}",
        "PROJECTHUB_SMTP_PORT": str(smtp_port),
        **({"PROJECTHUB_OVERLAY": str(overlay)} if overlay else {}),
        **({RENDERED: str(rendered)} if rendered else {}),
        **({"PROJECTHUB_FILES": os.pathsep.join(map(str, files))} if files else {}),
    }
    environment = _environment()
    hub_folder = state / "hub"
    hub_folder.mkdir(mode=0o700, exist_ok=True)

    def python(name: str, module: list[str], *ready: str, cwd: Path = state, **settings: str) -> Part:
        env = environment | shared | settings
        return _part(name, [sys.executable, "-m", *module], env, cwd, state, *ready)

    return [
        python(
            "hub",
            ["jupyterhub", "--config", str(Path(proxy.__file__).parents[1] / "jupyterhub_config.py")],
            # Through the proxy only once the hub itself is there: the proxy logs each request that leads nowhere.
            f"http://{ports.HOST}:{hub_api_port}/{project.number}/hub/health",
            f"{at.hub}hub/health",
            cwd=hub_folder,
            PROJECTHUB_OIDC_CLIENT_SECRET=kept.oidc_client_secret,
            PROJECTHUB_HUB_BIND=f"{ports.HOST}:{hub_api_port}",
            PROJECTHUB_PROXY_API_URL=f"http://{ports.HOST}:{proxy_api_port}",
            CONFIGPROXY_AUTH_TOKEN=proxy_token,
            JPY_COOKIE_SECRET=kept.cookie_secret,
        ),
        python(
            "accounts",
            ["projecthub.accounts"],
            f"{at.accounts}internal/health",
            PROJECTHUB_ACCOUNTS_BIND=f"{ports.HOST}:{kept.accounts_port}",
            PROJECTHUB_SMTP_HOST=ports.HOST,
            PROJECTHUB_MAIL_FROM=MAIL_FROM,
            PROJECTHUB_SECRET_KEY=kept.secret_key,
            PROJECTHUB_OIDC_CLIENT_SECRET=kept.oidc_client_secret,
            PROJECTHUB_API_TOKEN=kept.api_token,
        ),
        python(
            "mail",
            ["projecthub.mail"],
            f"{at.mailbox}health",
            PROJECTHUB_MAILBOX_PORT=str(kept.mailbox_port),
        ),
        _part(
            "proxy",
            proxy.command(
                public_port=kept.hub_port,
                api_port=proxy_api_port,
                error_target=f"http://{ports.HOST}:{hub_api_port}/{project.number}/hub/error",
            ),
            environment | {"CONFIGPROXY_AUTH_TOKEN": proxy_token},
            state,
            state,
            f"http://{ports.HOST}:{kept.hub_port}/_chp_healthz",
        ),
    ]


def _part(name: str, argv: list[str], env: dict[str, str], cwd: Path, state: Path, *ready: str) -> Part:
    return Part(name=name, argv=argv, env=env, cwd=str(cwd), log=str(state / "logs" / f"{name}.log"), ready=ready)


def _environment() -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    env |= {name: os.environ[name] for name in CHOICES if os.environ.get(name)}
    # The environment's own programs come first, in the workspace's terminals too.
    env["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), env.get("PATH", os.defpath)])
    env["PYTHONUNBUFFERED"] = "1"
    return env
