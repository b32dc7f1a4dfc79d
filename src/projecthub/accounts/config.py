"""Django's settings of the accounts console, all derived from `projecthub.settings.Settings`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from projecthub.accounts.keys import signing_key
from projecthub.rendered import Notes
from projecthub.settings import Settings

PROJECTHUB = Settings.from_environment()
_ACCOUNTS = urlsplit(PROJECTHUB.accounts_url)
_HERE = Path(__file__).parent

SECRET_KEY = PROJECTHUB.secret_key
DEBUG = False
ALLOWED_HOSTS = [_ACCOUNTS.hostname or ""]
ROOT_URLCONF = "projecthub.accounts.urls"
WSGI_APPLICATION = "projecthub.accounts.wsgi.application"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    # First, so that our templates win over the libraries'.
    "projecthub.accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "projecthub.accounts.middleware.content_security_policy",
    "projecthub.accounts.noted.static_files",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
_OVERLAYS = {PROJECTHUB.overlay: _HERE / "templates"} if PROJECTHUB.overlay else {}
PROJECTHUB_NOTES = Notes(PROJECTHUB.rendered, _OVERLAYS)
_LOADERS = [f"django.template.loaders.{name}.Loader" for name in ("filesystem", "app_directories")]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # The overlay's accounts/ and mail/ hold files under the same names as the shipped ones, and win.
        "DIRS": [*_OVERLAYS],
        "OPTIONS": {
            "loaders": [("projecthub.accounts.noted.Loader", _LOADERS, PROJECTHUB_NOTES)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "projecthub.accounts.context.project",
            ],
        },
    }
]

# Storage


def _database() -> dict[str, Any]:
    if PROJECTHUB.database_url is None:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": PROJECTHUB.state / "accounts.sqlite3",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    url = urlsplit(PROJECTHUB.database_url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.removeprefix("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database()}
# Rate limits and authorization codes live here: in the database, so that several server processes share them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "projecthub_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# Static files: the theme, served in-process

STATIC_URL = "/static/"
STATICFILES_DIRS = [("theme", _HERE.parent / "theme")]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Mail

EMAIL_HOST = PROJECTHUB.smtp_host
EMAIL_PORT = PROJECTHUB.smtp_port
EMAIL_HOST_USER = PROJECTHUB.smtp_user or ""
EMAIL_HOST_PASSWORD = PROJECTHUB.smtp_password or ""
EMAIL_USE_TLS = PROJECTHUB.smtp_tls == "starttls"
EMAIL_USE_SSL = PROJECTHUB.smtp_tls == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = PROJECTHUB.mail_from

# Security

# Cookies ignore ports, and the hub's services can share one host: the name tells whose cookie it is.
_COOKIE = f"projecthub_accounts_{_ACCOUNTS.port}" if _ACCOUNTS.port else "projecthub_accounts"
SESSION_COOKIE_NAME = f"{_COOKIE}_session"
CSRF_COOKIE_NAME = f"{_COOKIE}_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PROJECTHUB.secure
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Where a redirect after signing out may lead, beside the console itself.
CSRF_TRUSTED_ORIGINS = [f"{_ACCOUNTS.scheme}://{_ACCOUNTS.netloc}", PROJECTHUB.hub_origin]
SECURE_HSTS_SECONDS = 31_536_000 if PROJECTHUB.secure else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROJECTHUB.secure else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "projecthub.accounts.hashers.KeyHasher",
]
# For the passwords that people choose; those of invitations are random and pass by.
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ALLAUTH_TRUSTED_PROXY_COUNT = PROJECTHUB.trusted_proxies

# Accounts

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = PROJECTHUB.hub_login_url
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
# The hub's own sign-out sends people here to end both sessions in one go.
ACCOUNT_LOGOUT_ON_GET = True
ACCOUNT_ADAPTER = "projecthub.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "projecthub.accounts.forms.SignupForm",
    "login": "projecthub.accounts.forms.LoginForm",
    "confirm_email_verification_code": "projecthub.accounts.forms.ConfirmForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 5
# Longer than a code is valid, so that an expired one can be followed by a new one on the same page.
ACCOUNT_LOGIN_TIMEOUT = 60 * 60
# Wide enough for a class behind one address; each e-mail address and user name has its own limit.
ACCOUNT_RATE_LIMITS = {
    "signup": "60/m/ip",
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "confirm_email": "4/m/key,20/h/key",
}

# OpenID Connect

IDP_OIDC_ADAPTER = "projecthub.accounts.oidc.OIDCAdapter"
IDP_OIDC_PRIVATE_KEY = signing_key(PROJECTHUB.state)
IDP_OIDC_RP_INITIATED_LOGOUT_ASKS_FOR_OP_LOGOUT = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "projecthub": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Wrong addresses and refused forms are everyday visitors, not events.
        "django.request": {"level": "ERROR"},
    },
}
