"""Django settings. What differs between deployments is in environment.py; nothing else changes."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from junheng.web.notices.smtp import mail_settings
from junheng.web.site.environment import Environment
from junheng.web.site.identity import oidc_provider, origin_of

ENVIRONMENT = Environment.read()
_WEB = Path(__file__).resolve().parent.parent

SECRET_KEY = ENVIRONMENT.secret()
JUNHENG_KEYS = ENVIRONMENT.keys
JUNHENG_CIPHER = ENVIRONMENT.cipher
JUNHENG_SEALED_JSON = ("mfa.Authenticator.data",)
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
ROOT_URLCONF = "junheng.web.site.urls"
WSGI_APPLICATION = "junheng.web.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

OWN_APPS = ("areas", "audit", "accounts", "flow", "jobs", "pages", "rounds", "reporting", "evidence", "rectification", "publicity",
            "evaluation", "portal", "survey", "notices", "dashboards", "commitments", "desk", "api", "site")  # fmt: skip
"""Rooms of the site, from the ground up."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    *(f"junheng.web.{name}" for name in OWN_APPS),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_cas_ng",
    "axes",
]

MIDDLEWARE = [
    *(["junheng.web.site.address.VisitorAddress"] if ENVIRONMENT.https else []),
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "junheng.web.accounts.middleware.Account",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "junheng.web.audit.origin.OriginMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "junheng.web.accounts.middleware.SessionLife",
    "junheng.web.accounts.middleware.FirstDuties",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_WEB / "pages" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "junheng.web.site.context.frame",
            ],
            "builtins": ["junheng.web.pages.templatetags.marks", "junheng.web.pages.templatetags.pieces", "junheng.web.flow.templatetags.flow_pieces"],
        },
    }
]


def _database() -> dict[str, Any]:
    if ENVIRONMENT.database_url:
        return {**dj_database_url.parse(ENVIRONMENT.database_url, conn_max_age=600), "CONN_HEALTH_CHECKS": True}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ENVIRONMENT.data / "site.sqlite3",
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            # A deferred transaction that reads and then writes fails at once when another has written meanwhile;
            # an immediate one waits its turn.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000;",
        },
    }


DATABASES = {"default": _database()}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Of its own: the public's pages, however many, push nothing else out.
    "portal": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "portal", "TIMEOUT": 600, "OPTIONS": {"MAX_ENTRIES": 3000}},
}
globals().update(mail_settings(os.environ.get("JUNHENG_SMTP", ""), ENVIRONMENT.data / "mail"))
JUNHENG_SENDS_EMAIL = bool(os.environ.get("JUNHENG_SMTP"))
SMS_CLASS = os.environ.get("JUNHENG_SMS", "junheng.web.notices.channels.FileTextMessages" if ENVIRONMENT.demo else "")
SMS_FOLDER = ENVIRONMENT.data / "sms"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "long"]}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "junheng.web.accounts.backend.AccountBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "junheng.web.accounts.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("username", "name")}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "junheng.web.accounts.passwords.ThreeKinds"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
# In the database alone: a cache of each process's own would keep a session alive after its end in another.
SESSION_ENGINE = "junheng.web.accounts.session_store"
SESSION_COOKIE_AGE = 30 * 60  # idle; the longest a session may last is in accounts/middleware.py
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENVIRONMENT.https else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

JUNHENG_WEBHOOK_NETWORKS = ENVIRONMENT.webhook_networks
JUNHENG_DEMO = ENVIRONMENT.demo
ACCOUNT_ADAPTER = "junheng.web.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_UNIQUE_EMAIL = False  # one person may have two duties, each its own account
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # allauth's own keeps a second list of addresses
PASSWORD_RESET_TIMEOUT = 24 * 3600  # a link is passed on by telephone or at the next visit, too
ACCOUNT_SESSION_REMEMBER = False  # school machines are shared: closing the browser ends the session
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_METHODS = {"password", "mfa"}
ACCOUNT_FORMS = {name: f"junheng.web.accounts.forms.{form}" for name, form in (
    ("login", "SignIn"), ("change_password", "ChangePassword"), ("reauthenticate", "GivePasswordAgain"), ("reset_password_from_key", "SetByLink"))}  # fmt: skip
# Guessing is stopped per account and address by axes. This only keeps one address from hammering; a whole county
# bureau, or all schools behind one gateway on the last day, come from one address too.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip"}
MFA_ADAPTER = "junheng.web.accounts.adapters.TwoFactorAdapter"
MFA_FORMS = {name: f"junheng.web.accounts.forms.{form}" for name, form in (
    ("authenticate", "Authenticate"), ("reauthenticate", "GiveCodeAgain"), ("activate_totp", "SetUpCode"))}  # fmt: skip
MFA_TOTP_TOLERANCE = 1  # half a minute either way: phones' and servers' clocks on an intranet drift
MFA_TOTP_ISSUER = "均衡"
MFA_RECOVERY_CODES_SHOW_ONCE = True
SOCIALACCOUNT_ADAPTER = "junheng.web.accounts.adapters.IdentityAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form's redirect to the provider would break form-action of the CSP below
SOCIALACCOUNT_PROVIDERS = oidc_provider(ENVIRONMENT.oidc)

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "junheng.web.accounts.lockout.name_kept"
AXES_LOCKOUT_CALLABLE = "junheng.web.accounts.lockout.locked_page"
AXES_SENSITIVE_PARAMETERS = ["login", "username", "password", "code", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True  # sign-ins are in the audit log
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

CAS_SERVER_URL = ENVIRONMENT.cas_url
CAS_VERSION = "3"
CAS_CREATE_USER = False
CAS_IGNORE_REFERER = CAS_CHECK_NEXT = CAS_STORE_NEXT = True
CAS_REDIRECT_URL = LOGIN_REDIRECT_URL

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *([origin_of(ENVIRONMENT.cas_url)] if ENVIRONMENT.cas_url else [])],  # signing out ends there too
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = None
STATICFILES_DIRS = [_WEB / "frontend" / "dist"] if (_WEB / "frontend" / "dist").is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+-[0-9A-Za-z_-]{8,}\.(js|css|woff2)$"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": ENVIRONMENT.data / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # a county hands in the workbooks of all its schools at once
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "junheng.web.privacy.logs.WithoutPersonalData", "fmt": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("JUNHENG_LOG", "WARNING")},
}
