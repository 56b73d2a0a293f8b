# Three stages, so that the image holds neither the compiler nor the development packages.
# To pin the base by its bytes, append the digest that `docker buildx imagetools inspect` prints for this tag.
ARG NODE_IMAGE=node:20.20.2-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    PEDIGREE_HOST=0.0.0.0 \
    PEDIGREE_PORT=4000 \
    PEDIGREE_DATA_DIR=/data
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/package.json ./
COPY --from=build /app/schema ./schema
COPY --from=build /app/cypher ./cypher
COPY --from=build /app/demo ./demo
COPY --from=build /app/dist ./dist
# A new named volume takes owner and mode from the folder that it is mounted over.
RUN install --directory --owner=node --group=node --mode=0700 /data
USER node
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=5s --timeout=4s --start-period=30s --retries=12 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PEDIGREE_PORT + '/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/cli/main.js", "serve"]
