# Sportello in a container: one executable, one volume, no root.
#   docker build -t sportello .        (podman, buildah: --format docker, or they leave the health check out)
#   docker run -p 8080:8080 -p 8081:8081 -v sportello:/var/lib/sportello --read-only --cap-drop ALL \
#     --restart on-failure --stop-timeout 20 sportello
# It ends itself when the disk no longer confirms what is written: something has to start it again. The volume must be
# a local disk: SQLite's locks and syncs mean nothing on a network file system.

FROM node:22-bookworm-slim AS build
WORKDIR /build
COPY package.json bun.lock bunfig.toml tsconfig.json .npmrc ./
COPY scripts scripts
RUN scripts/setup
COPY migrations migrations
COPY public public
COPY views views
COPY src src
RUN scripts/build

FROM debian:bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --uid 10001 --home-dir /var/lib/sportello --no-create-home --shell /usr/sbin/nologin sportello \
  && install -d -m 700 -o sportello -g sportello /var/lib/sportello
COPY --from=build /build/dist/sportello /usr/local/bin/sportello
USER 10001
WORKDIR /var/lib/sportello
VOLUME /var/lib/sportello
ENV SPORTELLO_DATA=/var/lib/sportello \
  SPORTELLO_LISTEN=0.0.0.0:8080 \
  SPORTELLO_PUBLIC_LISTEN=0.0.0.0:8081
EXPOSE 8080 8081
# The executable is also the Bun it was compiled with: no curl is needed in the image. Behind SPORTELLO_TLS_*, or on
# another port, give the container its own --health-cmd.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["/usr/bin/env", "BUN_BE_BUN=1", "sportello", "-e", "process.exit((await fetch('http://127.0.0.1:8080/health')).ok ? 0 : 1)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["sportello"]
CMD ["serve"]
