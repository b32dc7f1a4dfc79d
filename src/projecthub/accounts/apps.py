"""The accounts console as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the system checks."""

    name = "projecthub.accounts"
    label = "projecthub_accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks of `projecthub.accounts.checks`."""
        from projecthub.accounts import checks  # noqa: F401, PLC0415
