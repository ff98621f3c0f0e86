import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBigEmoji, pieces } from '../src/core/links';

const hrefs = (text: string) => pieces(text).flatMap((piece) => piece.href ?? []);

describe('links in a text', () => {
  test('the pieces together are the text, whatever it is', () => {
    const word = fc.constantFrom('https://a.example/b', 'http://', 'www.', 'a@', 'b.example', 'javascript:alert(1)', ' ', '。', '(', ')', '<b>', 'x');
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 12 }), (words) => {
        const text = words.join('');
        expect(pieces(text).map((piece) => piece.text).join('')).toBe(text);
        for (const href of hrefs(text)) expect(new URL(href).protocol).toMatch(/^(https?|mailto):$/);
      }),
    );
  });

  test('end where the address ends, not with the sentence', () => {
    expect(hrefs('see https://example.org/a?b=c#d.')).toEqual(['https://example.org/a?b=c#d']);
    expect(hrefs('看这里https://example.org/路径，很好')).toEqual(['https://example.org/路径']);
    expect(hrefs('(https://example.org)')).toEqual(['https://example.org']);
    expect(hrefs('https://en.example.org/wiki/A_(b)')).toEqual(['https://en.example.org/wiki/A_(b)']);
    expect(hrefs('(see https://en.example.org/wiki/A_(b)).')).toEqual(['https://en.example.org/wiki/A_(b)']);
  });

  test('need no protocol for a site that says what it is, nor for who gets letters', () => {
    expect(hrefs('see www.example.org/a, or 看www.example.org。')).toEqual(['https://www.example.org/a', 'https://www.example.org']);
    expect(hrefs('write to ann.b+c@mail.example.org.')).toEqual(['mailto:ann.b+c@mail.example.org']);
    for (const text of ['www...', 'awww.example.org', '@ann', 'ann@home', 'a@b@c', 'x@y@c.example', '/ann@c.example', 'https://']) expect(hrefs(text), text).toEqual([]);
    expect(hrefs('https://ann@example.org/a@b.example')).toEqual(['https://ann@example.org/a@b.example']);
    expect(hrefs('a.'.repeat(20_000))).toEqual([]);
  });

  test('are never anything that a browser would run', () => {
    for (const text of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'http://', 'https://%']) {
      expect(hrefs(text), text).toEqual([]);
    }
  });
});

test('one to three emoji alone are shown large', () => {
  for (const text of ['😀', ' 👍🏽 ', '👨‍👩‍👧🎉', '❤️❤️❤️', '🇨🇳']) expect(isBigEmoji(text), text).toBe(true);
  for (const text of ['', '1', '1️⃣', 'a😀', '😀😀😀😀', '好']) expect(isBigEmoji(text), text).toBe(false);
});
