"""What is the same everywhere. Each of local, test and production starts from here."""

import zoneinfo
from pathlib import Path

import environ
from csp.constants import NONE, SELF

# Moroccan clocks change by decree, with Ramadan and otherwise. Their rules are those of the wheel `tzdata`,
# on every machine the same: a system's own may be years old, and PostgreSQL has its own again (core.checks).
zoneinfo.reset_tzpath(to=())

ROOT = Path(__file__).resolve().parents[2]
# NAME_FILE names a file that holds the value of NAME: how a container gets its secrets.
env = environ.FileAwareEnv()

# Everything the portal writes (files, sockets, built assets) lies under one directory.
VAR = Path(env.str("PORTAL_VAR", str(ROOT / "var"))).resolve()

INSTALLED_APPS = [
    "chamber_portal",
    "core",
    "registry",
    "cards",
    "events",
    "partners",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_rq",
    "heroicons",
    "localflavor",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.PermissionsPolicyMiddleware",
    "core.middleware.PrivatePagesMiddleware",
    "partners.api.middleware.ProblemMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.PortalLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "core.middleware.WellFormedTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.SecondFactorMiddleware",
    "core.middleware.ProvisionalPasswordMiddleware",
    "core.middleware.AuditContextMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "chamber_portal.urls"
WSGI_APPLICATION = "chamber_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "core.context_processors.portal",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- Data -----------------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default="postgresql:///chamber_portal")}
# Each thread of a web process keeps its connection, and there are as many of them as threads.
KEPT_CONNECTIONS = {"ENGINE": "core.postgres", "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
DATABASES["default"] |= KEPT_CONNECTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
RQ_QUEUES = {"default": {"URL": REDIS_URL, "DEFAULT_TIMEOUT": 900}}
RQ = {"COMMIT_MODE": "on_db_commit"}

# --- Language and time ----------------------------------------------------------------------------------

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", "العربية"), ("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = "Africa/Casablanca"
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["chamber_portal.formats"]

# --- Files ----------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# `manage.py build_assets` puts the fonts' subsets and the chosen Bootstrap files there.
ASSETS_DIR = VAR / "assets"
STATICFILES_DIRS = [ROOT / "static", ASSETS_DIR]
MEDIA_ROOT = VAR / "media"
# Never served by path: core.media answers after checking permission.
MEDIA_URL = "/media-not-served/"
# In production nginx sends the file itself from this internal location.
MEDIA_ACCEL_LOCATION = ""
# How many proxies of ours stand in front: 0 means that the peer itself is the visitor.
TRUSTED_PROXY_COUNT = 0
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
# Bounds what one request may make the server hold; photographs and scans are the largest thing sent.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
UPLOAD_MAX_PIXELS = 40_000_000

# --- In and out in bulk ---------------------------------------------------------------------------------

# What is sent, and what it may become when it is unpacked.
IMPORT_MAX_BYTES = 25 * 1024 * 1024
IMPORT_MAX_UNPACKED_BYTES = 600 * 1024 * 1024
IMPORT_MAX_RATIO = 200
IMPORT_MAX_ROWS = 200_000
IMPORT_MAX_COLUMNS = 100
# A workbook is read in a process of its own, which may have so much and no more.
IMPORT_READER_BYTES = 1024 * 1024 * 1024
IMPORT_READER_SECONDS = 120
# What a killed worker loses at most, and the step of the progress bar.
IMPORT_ROWS_PER_CHUNK = 1000
# Rows of a file, and what stood there before, are discarded so many days after.
IMPORT_KEPT_DAYS = 30
PHOTOGRAPHS_MAX_BYTES = 100 * 1024 * 1024
PHOTOGRAPHS_MAX_UNPACKED_BYTES = 200 * 1024 * 1024
PHOTOGRAPHS_MOST = 5000
EXPORT_KEPT_DAYS = 7
EXPORT_PDF_MOST_ROWS = 5000

# --- People and sign-in ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["core.sign_in.backend.StaffPasswordBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "core:home"
LOGOUT_REDIRECT_URL = "account_login"
STAFF_SECOND_FACTOR_REQUIRED = True
SESSION_COOKIE_AGE = 10 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "core.views.errors.csrf_failure"

# Sends the one-time codes; a gateway is a class with `send(phone, text)` (see core/sms.py).
SMS_BACKEND = "core.sms.ConsoleSms"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# Seconds: a mail server that does not answer holds up neither a page nor the letters behind one.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")

# django-allauth: staff by user name and password, artisans by a code; see core/sign_in.
ACCOUNT_ADAPTER = "core.sign_in.adapter.SignInAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_UNIQUE_EMAIL = False
# A shared desk: the session ends with the browser, and after SESSION_COOKIE_AGE at the latest.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 2
# Pages on codes answer at whole beats, so that their time does not tell which numbers are on the register.
SIGN_IN_BEAT_SECONDS = 0.2
# Long enough for a code sent again twice.
ACCOUNT_LOGIN_TIMEOUT = 40 * 60
# A key is a user name or a typed number. A whole outreach day may share one address, so that addresses are
# given more room than a person would use; what is left to guess stays below one chance in a thousand a day.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "request_login_code": "30/m/ip,300/h/ip,2000/d/ip,3/10m/key,20/d/key",
    "confirm_login_code": "60/m/ip,15/10m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    # A counter has a queue, not a list of numbers to try.
    "check_benefits": "20/m/user,600/d/user",
}
ACCOUNT_FORMS = {
    "login": "core.sign_in.forms.StaffSignInForm",
    "request_login_code": "core.sign_in.forms.RequestCodeForm",
    "confirm_login_code": "core.sign_in.forms.ConfirmCodeForm",
    "reauthenticate": "core.sign_in.forms.ReauthenticateForm",
    "change_password": "core.sign_in.forms.ChangePasswordForm",
}
MFA_ADAPTER = "core.sign_in.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# A phone's clock may be half a minute off; `SecondFactorForm` keeps a code from being used twice meanwhile.
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
MFA_FORMS = {
    "authenticate": "core.sign_in.forms.SecondFactorForm",
    "reauthenticate": "core.sign_in.forms.SecondFactorAgainForm",
    "activate_totp": "core.sign_in.forms.ActivateAppForm",
    "login_webauthn": "core.sign_in.passkey_forms.SignInWithPasskeyForm",
    "authenticate_webauthn": "core.sign_in.passkey_forms.SecondFactorPasskeyForm",
    "reauthenticate_webauthn": "core.sign_in.passkey_forms.ConfirmWithPasskeyForm",
    "add_webauthn": "core.sign_in.passkey_forms.AddPasskeyForm",
    "edit_webauthn": "core.sign_in.passkey_forms.RenamePasskeyForm",
}

# --- Browser protections --------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# --- Cards ----------------------------------------------------------------------------------------------

# Signing keys are files, outside the database and its backups. See `manage.py card_keys`.
CARD_KEYS_DIR = Path(env.str("CARD_KEYS_DIR", str(VAR / "keys")))
# What the QR opens. Upper case keeps the QR in its compact alphanumeric mode.
CARD_VERIFY_BASE_URL = env.str("CARD_VERIFY_BASE_URL", default="HTTP://127.0.0.1:8000/V/")
# Where the portal is found from outside, for links in letters; empty: the host that checks cards.
PORTAL_URL = env.str("PORTAL_URL", default="")
# A phone without a network warns when its list of revoked cards is older.
CARD_LIST_STALE_HOURS = env.int("CARD_LIST_STALE_HOURS", default=48)
# A box of finished cards as desks carry it.
CARDS_PER_BOX = 200
# What a killed worker loses at most, and the step of the progress bar.
CARDS_PER_CHUNK = 100
CARDS_PER_BATCH_MOST = 10_000
# A page waits for the composition of so many at most; a worker composes more.
CARDS_COMPOSED_AT_ONCE = 500

# --- Meetings -------------------------------------------------------------------------------------------

# Name and telephone of people who came to a meeting without being on any list. No text fixes how long.
WALK_IN_KEPT_DAYS = env.int("WALK_IN_KEPT_DAYS", default=365)

# --- Partners' tills --------------------------------------------------------------------------------------

# What one key may ask a minute, and how many unknown cards in ten minutes; refused keys from one address.
TILL_REQUESTS_A_MINUTE = env.int("TILL_REQUESTS_A_MINUTE", default=120)
TILL_UNKNOWN_CARDS = env.int("TILL_UNKNOWN_CARDS", default=30)
TILL_WRONG_KEYS = env.int("TILL_WRONG_KEYS", default=60)

# --- Figures --------------------------------------------------------------------------------------------

# Open data: smaller numbers are withheld, all others rounded to a multiple of it. No text fixes it.
OPEN_DATA_THRESHOLD = env.int("OPEN_DATA_THRESHOLD", default=10)
# The licence named beside open data; until the administration chose one, its files say that none is.
OPEN_DATA_LICENCE = env.str("OPEN_DATA_LICENCE", default="")
# A page that finds its figures older than this asks the workers to count anew.
FIGURES_FRESH_HOURS = 6

# --- The rest -------------------------------------------------------------------------------------------

# The authority in the heading of letters, above the chamber; governments rename it. Empty prints no line.
PAPER_AUTHORITY = {
    "ar": env.str(
        "PAPER_AUTHORITY_AR",
        default="كتابة الدولة المكلفة بالصناعة التقليدية والاقتصاد الاجتماعي والتضامني",
    ),
    "fr": env.str(
        "PAPER_AUTHORITY_FR",
        default="Secrétariat d'État chargé de l'artisanat et de l'économie sociale et solidaire",
    ),
}

# The gallery of page components is for those who build pages.
SHOW_GALLERY = False
# Says so on every page when the people shown are invented.
DEMO_NOTICE = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "core.logs.PrivateFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # At INFO they tell every step and every glyph of every PDF.
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "WARNING"},
        # It logs every fault of a damaged scan, which the form tells the reader in words.
        "pikepdf": {"level": "CRITICAL"},
    },
}
