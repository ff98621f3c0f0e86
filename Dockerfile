# FastIM as an image: `docker build -t fastim .`, then `docker run -p 8081:8081 -v fastim:/data --read-only fastim`.
# What it stores is below /data, and nothing else is written. docs/operations.md says more.

FROM node:24.11.1-bookworm-slim AS pages
WORKDIR /app/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY fastim/static /app/fastim/static
COPY web ./
RUN npm run --silent build

FROM python:3.11.14-slim-bookworm AS packages
WORKDIR /app
# One package has no wheel; its compiler is left behind with this stage.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
COPY requirements*.txt ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check \
        -r requirements.txt -r requirements-parser.txt -r requirements-mongo.txt \
        -r requirements-push.txt -r requirements-s3.txt

FROM python:3.11.14-slim-bookworm
RUN groupadd --gid 10001 fastim \
    && useradd --no-log-init --uid 10001 --gid fastim --home-dir /data --no-create-home fastim \
    && install -d -o fastim -g fastim /data
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY gunicorn.conf.py wsgi.py ./
COPY tools/image.sh tools/image.sh
COPY migrations migrations
COPY fastim fastim
COPY --from=pages /app/fastim/static/dist fastim/static/dist
RUN python -m compileall -q fastim migrations

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 \
    PORT=8081 \
    TMPDIR=/data/tmp \
    FASTIM_INSTANCE=/data/instance \
    FASTIM_DATABASE_URL=sqlite:////data/instance/fastim.db \
    FASTIM_STORAGE_URL=file:/data/resource
USER 10001:10001
VOLUME /data
EXPOSE 8081
STOPSIGNAL SIGTERM
# Ready: the database answers too, and connections are taken.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/readyz', timeout=4)"]
ENTRYPOINT ["/bin/sh", "tools/image.sh"]
CMD ["all"]
