import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { hoverOnly } from './hoverOnly.ts';
import { stylesAgain } from './stylesAgain.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: '/asset/dist/',
  // Pictures of the pages are served from fastim/static as they are, not bundled.
  plugins: [vue({ template: { transformAssetUrls: false } }), stylesAgain()],
  css: { postcss: { plugins: [hoverOnly] } },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    // Messages are turned into functions by an interpreter: the policy of the pages forbids eval.
    __INTLIFY_JIT_COMPILATION__: 'true',
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'false',
  },
  build: {
    outDir: here('../fastim/static/dist'),
    emptyOutDir: true,
    manifest: true,
    // A data: address would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    cssTarget: ['chrome103', 'firefox110', 'safari16'],
    rolldownOptions: {
      input: {
        index: here('src/pages/index.ts'),
        early: here('src/pages/early.ts'),
        login: here('src/pages/login.ts'),
        register: here('src/pages/register.ts'),
        createcom: here('src/pages/createcom.ts'),
        join: here('src/pages/join.ts'),
      },
    },
  },
  test: { include: ['tests/**/*.test.ts'], environment: './tests/pageEnvironment.ts', setupFiles: './tests/complaints.ts', pool: 'threads' },
});
