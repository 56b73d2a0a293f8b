import { join } from 'node:path';

import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: join(import.meta.dirname, '../../dist/web/app'),
    emptyOutDir: true,
    target: 'es2022',
    // A font or a worker as a data: URL would need a looser content security policy.
    assetsInlineLimit: 0,
    // The layout engine is one worker of 1.6 MB, loaded when a graph is drawn.
    chunkSizeWarningLimit: 1700,
    // The polyfill is an inline script in older targets; every browser with ES2022 has module preloads.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      onwarn(warning, warn) {
        // "use client" is meant for React's server components, which there are none of.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  worker: { format: 'es' },
});
