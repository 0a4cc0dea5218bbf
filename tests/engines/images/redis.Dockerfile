# What the official image of Redis does with the command and the volume that docker-compose.yml names,
# from Debian's package: it stands in for it where there is no registry.
ARG BASE_IMAGE
FROM ${BASE_IMAGE}
RUN apt-get update && apt-get install -y --no-install-recommends redis-server \
    && groupmod --gid 999 redis && usermod --uid 999 redis && install -d -o 999 -g 999 /data
VOLUME /data
WORKDIR /data
CMD ["redis-server"]
