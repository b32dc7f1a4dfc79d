"""The OpenID Connect provider, with the project's hub as its only client."""

from __future__ import annotations

from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client
from django.conf import settings
from django.contrib.auth.hashers import make_password

from projecthub.settings import Settings


class OIDCAdapter(DefaultOIDCAdapter):  # type: ignore[misc]
    """The provider speaks under its public address and says only what the hub's client can use."""

    def get_issuer(self) -> str:
        """Return the issuer, whatever host name the request came by."""
        return str(settings.PROJECTHUB.accounts_url).rstrip("/")

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        """Leave out what is not offered here."""
        data.pop("device_authorization_endpoint", None)
        data["grant_types_supported"] = [Client.GrantType.AUTHORIZATION_CODE.value]
        data["response_types_supported"] = [Client.ResponseType.CODE.value]


def register_hub(hub: Settings) -> None:
    """Make the provider know exactly one client: the project's hub, as the settings describe it."""
    wanted = {
        "name": f"JupyterHub of project {hub.project}",
        "type": Client.Type.CONFIDENTIAL,
        # preferred_username, the hub's user name, comes with the profile scope.
        "scopes": "openid\nprofile\nemail",
        "default_scopes": "openid\nprofile",
        "grant_types": Client.GrantType.AUTHORIZATION_CODE.value,
        "response_types": Client.ResponseType.CODE.value,
        "redirect_uris": hub.hub_callback_url,
        "skip_consent": True,
        "data": {"client_metadata": {"post_logout_redirect_uris": [hub.hub_url]}},
    }
    Client.objects.exclude(pk=hub.oidc_client_id).delete()
    client = Client.objects.filter(pk=hub.oidc_client_id).first() or Client(pk=hub.oidc_client_id, secret="!")
    if client.check_secret(hub.oidc_client_secret) and all(
        getattr(client, name) == value for name, value in wanted.items()
    ):
        return
    for name, value in wanted.items():
        setattr(client, name, value)
    client.secret = make_password(hub.oidc_client_secret, hasher="pbkdf2_sha256_key")
    client.save()
