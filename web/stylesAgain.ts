import type { Plugin } from 'vite';

/** Vite's helper for parts that are fetched when they are wanted, as its text is in the build: what is put in place of what. */
const CHANGES: [before: RegExp, after: string][] = [
  [/(\(err\) => \{\s*)seen\[href\] = void 0;/, '$1delete seen[href];'],
  [/if \(e\.type === "error"\) rej\(/, 'if (e.type === "error") link.remove(), rej('],
];

/**
 * A part whose stylesheet could not be loaded fails, and is asked for again when it is wanted again. Vite takes such a
 * stylesheet for loaded from then on: the part would stand there bare until the page is loaded anew.
 */
export function stylesAgain(): Plugin {
  return {
    name: 'styles-again',
    transform(code, id) {
      if (!id.includes('vite/preload-helper')) return undefined;
      return CHANGES.reduce((text, [before, after]) => {
        if (!before.test(text)) throw new Error(`Vite's preload helper is another now: ${before} is not in it`);
        return text.replace(before, after);
      }, code);
    },
  };
}
