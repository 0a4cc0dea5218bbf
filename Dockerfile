# The image of the server, its workers, the gate and the Chroma server; the boxes have one of their own.
# docker build -t director .
ARG BASE_IMAGE=debian:bookworm-slim

FROM ${BASE_IMAGE} AS packages
ARG DEBIAN_FRONTEND=noninteractive
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ARG PIP_CERT
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv
COPY requirements.lock /requirements.lock
RUN python3 -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --no-compile --only-binary :all: --require-hashes -r /requirements.lock
WORKDIR /app
COPY pyproject.toml README.md LICENSE *.py ./
COPY agent agent
COPY api api
COPY cli cli
COPY domain domain
COPY jobs jobs
COPY memory memory
COPY providers providers
COPY render render
COPY sandbox sandbox
COPY stage stage
COPY storage storage
COPY templates templates
COPY tools tools
# The code stays where it is, as a folder; what built it does not stay.
RUN /venv/bin/pip install --no-deps --no-build-isolation -e . \
    && /venv/bin/pip uninstall -y pip setuptools \
    && python3 -m compileall -q -j 0 --invalidation-mode unchecked-hash /venv/lib /app

FROM ${BASE_IMAGE}
ARG DEBIAN_FRONTEND=noninteractive
# Nothing is drawn or decoded here: films and strangers' media are for boxes.
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 \
    && rm -rf /var/lib/apt/lists /var/cache/apt /var/cache/debconf /var/log/* /usr/share/doc /usr/share/man \
    && find / -xdev -perm /6000 -type f -exec chmod a-s {} + \
    && mkdir -p /data /run/director \
    && chown 10001:10001 /data /run/director \
    && chmod 0700 /data /run/director
COPY --from=packages /venv /venv
COPY --from=packages /app /app
ENV PATH=/venv/bin:/usr/bin:/bin HOME=/tmp LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    DIRECTOR_DATA=/data DIRECTOR_FILMS=/data/made DIRECTOR_SANDBOX=docker \
    DOCKER_HOST=unix:///run/director/gate.sock
LABEL org.opencontainers.image.title="director" \
    org.opencontainers.image.description="A server that makes finished films from prompts" \
    org.opencontainers.image.licenses="MIT"
WORKDIR /app
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8470
ENTRYPOINT ["director"]
CMD ["serve", "--host", "0.0.0.0"]
