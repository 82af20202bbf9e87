# One image for everything: the jobs, ad-hoc scoring, the panel, the command line (docs/image.md).
#
# The first stage builds; the image is what it leaves in /out, with no shell and no package manager. All that is taken from
# the base is its C and C++ libraries: Node 24 comes from the packages that package-lock.json pins.
ARG BASE=docker.io/library/node:24-bookworm-slim

FROM ${BASE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
COPY scripts/boot.mjs scripts/
RUN node -e 'import("/build/scripts/boot.mjs").then((boot) => boot.install())'
COPY . .
RUN node scripts/image/assemble.mjs /out /state

FROM scratch
ARG VERSION=unknown
LABEL org.opencontainers.image.title="RecSys" \
      org.opencontainers.image.description="Recommender system: jobs, ad-hoc scoring, panel and command line" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      com.amazonaws.sagemaker.capabilities.accept-bind-to-port="true"
COPY --from=build /out/ /
# What may be written to, also by another user, as long as its group is 0.
COPY --from=build --chown=65532:0 /state/ /
# On all addresses of the container: which of them the machine lets in is for whoever runs it to say.
ENV PATH=/usr/local/bin NODE_ENV=production HOME=/tmp RECSYS_RESPONDER__HOST=0.0.0.0
WORKDIR /data
ARG RUN_AS=65532:0
USER ${RUN_AS}
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["/usr/local/bin/node", "/app/bin/health.mjs"]
ENTRYPOINT ["/usr/local/bin/node", "/app/bin/container.mjs"]
CMD ["panel"]
