/** The verifier as one module for browsers: whoever imports it checks evidence in the page, and asks nobody. */
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: '../../dist/web/verify',
    emptyOutDir: true,
    target: 'es2022',
    lib: {
      entry: '../../src/verify/index.ts',
      formats: ['es'],
      fileName: () => 'pedigree-verify.js',
    },
  },
});
