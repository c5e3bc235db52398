"""Settings of the benchmark: those of one's own machine, on its database, with visitors told by a proxy."""

import os

from chamber_portal.settings.local import *  # noqa: F403
from chamber_portal.settings.local import DATABASES

ROOT_URLCONF = "benchmarks.verify_urls"
TRUSTED_PROXY_COUNT = 1
if "BENCH_DATABASE" in os.environ:
    DATABASES["default"]["NAME"] = os.environ["BENCH_DATABASE"]
