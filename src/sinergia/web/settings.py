"""The one settings file; what may differ between installations comes from `environment`."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from sinergia.web.environment import read_environment, tell_start

ENVIRONMENT = read_environment()
tell_start(ENVIRONMENT)
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
SITE_URL = ENVIRONMENT.site_url  # without the last slash
ROOT_URLCONF = "sinergia.web.urls"
WSGI_APPLICATION = "sinergia.web.wsgi.application"

INSTALLED_APPS = [
    "sinergia.web",
    "sinergia.insights.funnel",
    "sinergia.insights.official",
    "sinergia.insights.organisation",
    "sinergia.insights.person",
    "sinergia.insights.press",
    "sinergia.insights.region",
    "sinergia.insights.search",
    "sinergia.insights.thread",
    "sinergia.insights.visit",
    "sinergia.grants",
    "sinergia.review",
    "sinergia.applications",
    "sinergia.support",
    "sinergia.projects",
    "sinergia.calls",
    "sinergia.exchange",
    "sinergia.practices",
    "sinergia.organisations",
    "sinergia.notices",
    "sinergia.places",
    "sinergia.people",
    "sinergia.base.letters",
    "sinergia.base.drafts",
    "sinergia.base.files",
    "sinergia.base.ui",
    "sinergia.base",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Random padding in each answer keeps its length from telling what stands beside a token.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sinergia.web.middleware.zone_of_the_place",
    "sinergia.people.http.doors",
    "sinergia.organisations.http.lead_on",
    "sinergia.web.middleware.cache_headers",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"search": "sinergia.base.search.templatetags.search"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sinergia.web.context.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Limits on wrong passwords count in the cache, so every process must see the same one.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Above it a third is thrown away, whichever it is: nobody may fill it to begin anew.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600  # seconds: the one-time link of `sinergia init` is good for an hour
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:home"
ACCOUNT_ADAPTER = "sinergia.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "sinergia.people.forms.entering.SignInForm",
    "signup": "sinergia.people.forms.entering.SignUpForm",
    "request_login_code": "sinergia.people.forms.entering.AskCodeForm",
    "confirm_login_code": "sinergia.people.forms.entering.SignInCodeForm",
    "confirm_email_verification_code": "sinergia.people.forms.entering.AddressCodeForm",
    "reset_password": "sinergia.people.forms.entering.AskResetForm",
    "confirm_password_reset_code": "sinergia.people.forms.entering.ResetCodeForm",
    "reset_password_from_key": "sinergia.people.forms.entering.NewPasswordForm",
    "change_password": "sinergia.people.forms.proving.ChangePasswordForm",
    "set_password": "sinergia.people.forms.proving.FirstOwnPasswordForm",
    "add_email": "sinergia.people.forms.proving.NewAddressForm",
    "reauthenticate": "sinergia.people.forms.proving.PasswordAgainForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "sinergia.people.words.display_name"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # none: then one signs in by codes
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60  # seconds
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8}  # 1234-5678: for any keyboard
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "web:home"
MFA_ADAPTER = "sinergia.people.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "sinergia.people.forms.proving.SecondCodeForm",
    "reauthenticate": "sinergia.people.forms.proving.CodeAgainForm",
    "activate_totp": "sinergia.people.forms.proving.FirstAppCodeForm",
    "add_webauthn": "sinergia.people.forms.proving.PasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs in before the address is confirmed
TRUSTED_PROXIES = ENVIRONMENT.proxies
SESSION_COOKIE_AGE = 14 * 24 * 3600
DECIDING_SESSION_AGE = 12 * 3600  # seconds: of those who must prove themselves twice
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENVIRONMENT.has_https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.has_https else None
SECURE_SSL_REDIRECT = ENVIRONMENT.has_https
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked by a machine beside us, past the proxy
# Whose the subdomains beside us are is not ours to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.has_https else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "sinergia.web.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data_dir / "static"
STORAGES = {
    "default": ENVIRONMENT.files,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = ENVIRONMENT.data_dir / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "sinergia.base.files.adapters.limited_files.LimitedFiles",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a budget of three hundred lines is one form
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_LIMIT_BYTES = ENVIRONMENT.upload_bytes
FEEDS_NEAR = ENVIRONMENT.has_near_feeds  # whether calls may go to this machine and its neighbours
IS_DEMO = ENVIRONMENT.is_demo

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": ENVIRONMENT.log_level},
    # Anybody can send a wrong name of the site; it is answered with 400 and not worth a line.
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL", "propagate": False}},
}

locals().update(ENVIRONMENT.email)
