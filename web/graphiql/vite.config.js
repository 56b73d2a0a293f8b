import { join } from 'node:path';

import { defineConfig } from 'vite';

export default defineConfig({
  base: '/graphiql/',
  build: {
    outDir: join(import.meta.dirname, '../../dist/web/graphiql'),
    emptyOutDir: true,
    // Monaco is one editor of 3 MB, wanted as a whole, from one's own server.
    chunkSizeWarningLimit: 8000,
    rolldownOptions: {
      onwarn(warning, warn) {
        // "use client" is meant for React's server components, which there are none of.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  worker: { format: 'es' },
});
