"""JupyterHub's configuration for one project; what differs between places comes from the environment."""

import os
from urllib.parse import urlsplit

from projecthub.hub.logs import logging_config
from projecthub.hub.settings import read_settings

c = get_config()  # type: ignore[name-defined]  # noqa: F821
hub = read_settings()
console = hub.accounts_url + "identity/o/"
public = urlsplit(hub.hub_url)

# The hub, behind a proxy that runs by itself

c.JupyterHub.bind_url = f"http://127.0.0.1:{public.port or 8000}{hub.base_url}"
c.JupyterHub.public_url = hub.hub_url
c.JupyterHub.hub_bind_url = f"http://{hub.hub_bind}"
c.JupyterHub.db_url = hub.hub_database_url
c.ConfigurableHTTPProxy.should_start = False
c.ConfigurableHTTPProxy.api_url = hub.proxy_api_url
c.JupyterHub.template_paths = hub.templates
c.JupyterHub.template_vars = hub.template_vars
c.JupyterHub.jinja_environment_options = {"extensions": [hub.notes.jinja()]}
c.JupyterHub.logging_config = logging_config()

# Sign-in: everybody whom the project's console knows

c.ConsoleAuthenticator.notes = hub.notes
c.JupyterHub.authenticator_class = "projecthub.hub.authenticator.ConsoleAuthenticator"
c.Authenticator.auto_login = False
c.OAuthenticator.allow_all = True
c.OAuthenticator.login_service = "JupyterHub Console"
c.OAuthenticator.client_id = hub.oidc_client_id
c.OAuthenticator.client_secret = hub.oidc_client_secret
c.OAuthenticator.oauth_callback_url = hub.hub_url + "hub/oauth_callback"
c.OAuthenticator.authorize_url = console + "authorize"
c.OAuthenticator.token_url = console + "api/token"
c.OAuthenticator.userdata_url = console + "api/userinfo"
c.OAuthenticator.scope = ["openid", "profile"]
c.OAuthenticator.username_claim = "preferred_username"
c.OAuthenticator.enable_pkce = True
# Both sessions end together; otherwise the next sign-in would silently let the same person in again.
c.OAuthenticator.logout_redirect_url = hub.logout_url

# The workspace

c.JupyterHub.spawner_class = hub.spawner
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
# Where the command change-password, in a workspace's terminal, asks for the change.
c.Spawner.environment = {"PROJECTHUB_ACCOUNTS_URL": hub.accounts_url}
c.WorkspaceSpawner.state = str(hub.state)
c.WorkspaceSpawner.bucket = hub.bucket
c.WorkspaceSpawner.files = [str(file) for file in hub.files]
c.WorkspaceSpawner.project = {
    "number": hub.project,
    "title": hub.project_title,
    "unit": hub.project_unit,
    "storage": hub.project_storage,
}

if hub.hub_config:
    load_subconfig(os.fspath(hub.hub_config))  # type: ignore[name-defined]  # noqa: F821
