import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const DIST = here('../fastim/static/dist');

/** The service worker, after the pages: one classic script that knows the names of all files that they need. */
export default defineConfig({
  define: {
    __FILES__: JSON.stringify(
      readdirSync(`${DIST}/assets`).filter((name) => /\.(js|css)$/.test(name)).sort().map((name) => `/asset/dist/assets/${name}`),
    ),
  },
  build: {
    outDir: DIST,
    emptyOutDir: false,
    copyPublicDir: false,
    target: 'es2022',
    lib: { entry: here('src/sw/index.ts'), formats: ['iife'], name: 'worker', fileName: () => 'sw.js' },
  },
});
