const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : undefined;

/**
 * The signs of a text as a reader counts them: an emoji of several, as a family is, or a letter with its accents is one.
 * Firefox before 125 does not know; there each of several counts.
 */
export function signsOf(text: string): string[] {
  return segmenter ? Array.from(segmenter.segment(text), ({ segment }) => segment) : Array.from(text);
}
