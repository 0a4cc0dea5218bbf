# What the official image of PostgreSQL does with the variables and the volume that docker-compose.yml names,
# from Debian's packages: it stands in for it where there is no registry.
ARG BASE_IMAGE
FROM ${BASE_IMAGE}
RUN apt-get update && apt-get install -y --no-install-recommends postgresql \
    && groupmod --gid 999 postgres && usermod --uid 999 postgres \
    && rm -rf /var/lib/postgresql && install -d -o 999 -g 999 -m 0700 /var/lib/postgresql/data
ENV PATH=/usr/lib/postgresql/15/bin:/usr/bin:/bin PGDATA=/var/lib/postgresql/data
RUN printf '%s\n' '#!/bin/sh' 'set -eu' \
    'if [ ! -s "$PGDATA/PG_VERSION" ]; then' \
    '    initdb -U "$POSTGRES_USER" --pwfile "$POSTGRES_PASSWORD_FILE" -A scram-sha-256 -E UTF8 --locale=C' \
    '    echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"' \
    '    echo "CREATE DATABASE $POSTGRES_DB" | postgres --single -D "$PGDATA" postgres' \
    'fi' \
    'exec postgres -c listen_addresses="*"' >/start && chmod 0755 /start
VOLUME /var/lib/postgresql/data
ENTRYPOINT ["/start"]
