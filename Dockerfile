# Production image of the portal: one for web, worker and one-off commands.
FROM python:3.11-slim-bookworm AS base
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    PATH=/opt/venv/bin:$PATH \
    DJANGO_SETTINGS_MODULE=chamber_portal.settings.production \
    PORTAL_VAR=/srv/portal
# Pango draws the text of PDFs.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app

FROM base AS build
RUN python -m venv /opt/venv
COPY requirements/production.txt requirements/
RUN pip install --no-cache-dir --require-hashes --requirement requirements/production.txt
COPY . .
# Values of the right form only: these commands connect to nothing and keep nothing of them.
RUN export SECRET_KEY=used-at-build-time-only-0123456789-0123456789-0123456789 ALLOWED_HOSTS=build.invalid \
        DATABASE_URL=postgresql://build.invalid/portal REDIS_URL=redis://build.invalid \
        CARD_VERIFY_BASE_URL=HTTPS://BUILD.INVALID/V/ SMS_BACKEND=core.sms.ConsoleSms \
        EMAIL_URL=smtp://build.invalid \
    && mkdir -p "$PORTAL_VAR/assets" \
    && python manage.py messages --compile \
    && python manage.py build_assets \
    && python manage.py collectstatic --noinput \
    && python -m compileall -q /app

FROM base AS portal
RUN groupadd --gid 10001 portal \
    && useradd --uid 10001 --gid portal --no-create-home --shell /usr/sbin/nologin portal
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
COPY --from=build /srv/portal /srv/portal
# The only places the portal writes to; volumes take their owner from here. Code and static files stay root's.
RUN install -d -o portal -g portal -m 750 /srv/portal/media && install -d -o portal -g portal -m 700 /srv/portal/keys
ENV HOME=/tmp
USER portal
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "deploy/healthcheck.py", "web"]
# WEB_CONCURRENCY sets the number of processes; each waits for the database in threads. They are forked from one that
# has everything loaded, so that one that takes another's place serves at once.
CMD ["gunicorn", "chamber_portal.wsgi", "--bind=0.0.0.0:8000", "--preload", "--threads=4", "--worker-tmp-dir=/dev/shm", \
     "--max-requests=2000", "--max-requests-jitter=200", "--timeout=60", "--graceful-timeout=30", \
     "--no-control-socket"]
