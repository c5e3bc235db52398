"""Production: everything secret or local comes from the environment, and nothing has a soft default."""

from chamber_portal.settings.base import *  # noqa: F403
from chamber_portal.settings.base import CONTENT_SECURITY_POLICY, DATABASES, KEPT_CONNECTIONS, env

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATABASES["default"] = env.db_url("DATABASE_URL") | KEPT_CONNECTIONS

SECURE_SSL_REDIRECT = True
# The proxy answers health checks itself from inside the machine, over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_SECURE = True
CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
MEDIA_ACCEL_LOCATION = "/protected/"
# The proxy in front appends the visitor's address; what came before it is the visitor's own word.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)

CARD_VERIFY_BASE_URL = env.str("CARD_VERIFY_BASE_URL")
SMS_BACKEND = env.str("SMS_BACKEND")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
vars().update(env.email_url("EMAIL_URL"))
