import type { Environment } from 'vitest/runtime';

/** Components are made for pages, not for a server, though there is no document. */
export default { name: 'page', viteEnvironment: 'client', setup: () => ({ teardown() {} }) } satisfies Environment;
