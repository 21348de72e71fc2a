# Builds the server with all packages, then copies what runs into an image without shell, npm or compiler.
# docs/ten-minutes.md starts it; docs/decisions/0022-the-image.md gives the reasons.

FROM node:24-trixie-slim AS build
# npm compiles sqlite3 where there is no prebuilt binary for the platform.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends g++ make python3 \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN npm ci && npm run build && npm prune --omit=dev --ignore-scripts
# What Node cannot load: types, source maps, and what sqlite3 is compiled from and by.
RUN find node_modules -type f \( -name '*.ts' -o -name '*.map' \) -delete \
  && rm -rf node_modules/sqlite3/deps node_modules/sqlite3/build/Release/obj* \
  && mkdir /data

FROM gcr.io/distroless/cc-debian13:nonroot
LABEL org.opencontainers.image.title="NeighborShare" \
  org.opencontainers.image.description="Neighbors lend each other things and swap recipes." \
  org.opencontainers.image.licenses="MIT"
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build /app/package.json /app/schema.graphql /app/
COPY --from=build /app/node_modules /app/node_modules
COPY --from=build /app/dist /app/dist
COPY --from=build --chown=65532:65532 /data /data
WORKDIR /app
ENV NODE_ENV=production DATA_DIR=/data
# The user "nonroot", as a number, so that it is evident that this is not root.
USER 65532:65532
VOLUME /data
EXPOSE 4000
# Whether the process answers: an absent database is no reason to restart it.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Without npm or a shell before it, node receives the signal to stop.
CMD ["node", "dist/api/main.js"]
