"""`make run`: the portal on one's own machine, as near to production as plain HTTP allows."""

from chamber_portal.settings.base import *  # noqa: F403
from chamber_portal.settings.base import env

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="local-only-key-not-used-by-any-deployment-0123456789")
ALLOWED_HOSTS = ["*"]
# Demo accounts sign in with a password alone, so that the portal can be tried at once.
STAFF_SECOND_FACTOR_REQUIRED = env.bool("STAFF_SECOND_FACTOR_REQUIRED", default=False)
SHOW_GALLERY = True
DEMO_NOTICE = True
