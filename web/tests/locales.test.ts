import { expect, test, vi } from 'vitest';
import { createI18n } from 'vue-i18n';
import en from '../src/locales/en.json';
import zh from '../src/locales/zh-CN.json';

type Words = { [key: string]: string | Words };

const sources = Object.values(
  import.meta.glob<string>('../src/**/*.{ts,vue}', { query: '?raw', import: 'default', eager: true }),
).join('\n');

function flat(words: Words, before = ''): [key: string, text: string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[before + key, value] as [string, string]] : flat(value, `${before}${key}.`),
  );
}

const chinese = new Map(flat(zh));
const english = new Map(flat(en));
/** Each once: a language with a plural names its count in both forms. */
const values = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();

/** Where a key stands in the sources, as a whole or as the beginning of one that is put together. */
const whole = new Set([...sources.matchAll(/['"`]([a-z]\w*(?:\.\w+)+)['"`]/gi)].map((match) => match[1]!));
const beginnings = [...sources.matchAll(/`([a-z]\w*(?:\.\w+)*\.\w*)\$\{/gi)].map((match) => match[1]!);
/** The top level's names tell a key from a file's name or a setting's. */
const areas = new Set(Object.keys(zh));

test('both languages have the same words with the same values in them', () => {
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  for (const [key, text] of chinese) expect(values(english.get(key)!), key).toEqual(values(text));
});

test('no text is empty, and the Chinese ones are Chinese', () => {
  for (const [key, text] of [...chinese, ...english]) expect(text.trim(), key).not.toBe('');
  const untranslated = [...chinese].filter(([, text]) => /[a-z]{4,}/i.test(text.replace(/\{\w+\}|FastIM|Enter|Shift/g, '')));
  expect(untranslated).toEqual([]);
  expect([...english].filter(([, text]) => /\p{Script=Han}/u.test(text))).toEqual([]);
});

test('every text can be read by the interpreter that shows it', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const i18n = createI18n({ legacy: false, locale: 'en', fallbackLocale: false, messages: { en, 'zh-CN': zh } });
  for (const [lang, words] of [['en', english], ['zh-CN', chinese]] as const) {
    i18n.global.locale.value = lang;
    for (const [key, text] of words) {
      const filled = Object.fromEntries(values(text).map((name) => [name!, '7']));
      expect(i18n.global.t(key, filled, 7), key).not.toBe('');
    }
  }
  expect(warn.mock.calls).toEqual([]);
  warn.mockRestore();
});

test('every key that the pages name exists', () => {
  // Not in double quotes: there a template's expressions look alike.
  const named = [...sources.matchAll(/['`]([a-z]\w*(?:\.\w+)+)['`]/gi)].map((match) => match[1]!);
  expect(named.filter((key) => areas.has(key.split('.')[0]!) && !chinese.has(key))).toEqual([]);
});

test('every key is named by a page', () => {
  const unused = [...chinese.keys()].filter((key) => !whole.has(key) && !beginnings.some((start) => key.startsWith(start)));
  expect(unused).toEqual([]);
});
