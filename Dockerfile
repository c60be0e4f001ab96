# syntax=docker/dockerfile:1
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Only what runs: no dev dependencies, no install scripts; of Cedar only the Node build.
RUN npm ci --omit=dev --ignore-scripts \
  && rm -rf node_modules/@cedar-policy/cedar-wasm/esm node_modules/@cedar-policy/cedar-wasm/web

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 LIFEGUARD_CONFIG=/config/lifeguard.yml LIFEGUARD_DATA=/data
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json ./
COPY src src
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-proto=delete", "--disable-sigusr1", "src/main.ts"]
