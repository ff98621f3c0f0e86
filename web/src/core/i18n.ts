import { createI18n } from 'vue-i18n';
import { Failure } from './api';
import type { Lang } from './boot';
import type zh from '../locales/zh-CN.json';

type Words = typeof zh;

const LANGUAGES: Record<Lang, () => Promise<{ default: Words }>> = {
  'zh-CN': () => import('../locales/zh-CN.json'),
  en: () => import('../locales/en.json') as Promise<{ default: Words }>,
};

export const i18n = createI18n<[Words], Lang, false>({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: false,
  missingWarn: import.meta.env?.DEV ?? false,
});

export function currentLang(): Lang {
  return i18n.global.locale.value as Lang;
}

let wanted: Lang | undefined;

/** Fetches a language's words once and shows the page in it, unless another was chosen meanwhile. */
export async function useLanguage(lang: Lang): Promise<void> {
  wanted = lang;
  const words = await LANGUAGES[lang]();
  i18n.global.setLocaleMessage(lang, words.default);
  if (lang !== wanted) return;
  i18n.global.locale.value = lang;
  document.documentElement.lang = lang;
}

/** The choice goes into a cookie, so that the server renders the next page in it at once. */
export async function chooseLanguage(lang: Lang): Promise<void> {
  document.cookie = `fastim_lang=${lang}; path=/; max-age=31536000; samesite=lax`;
  await useLanguage(lang);
}

type Translate = (key: string, values?: Record<string, unknown>) => string;

/** A text; where `count` is among the values, in the form for that many. */
export const say: Translate = (key, values = {}) =>
  typeof values.count === 'number' ? i18n.global.t(key, values, values.count) : i18n.global.t(key, values);

/** A failure in words: the server's own, which are in the page's language, or ours for the network's. */
export function faultText(fault: unknown): string {
  if (fault instanceof Failure) {
    if (fault.error === 'network') return say('fault.network');
    if (fault.error === 'unreadable') return say('fault.unreadable');
    if (fault.message) return fault.message;
  }
  return say('fault.internal');
}
