"""The portal's settings, with one more address: the plain way of checking in."""

from chamber_portal.settings.local import *  # noqa: F403

ROOT_URLCONF = "benchmarks.check_in_plain"
