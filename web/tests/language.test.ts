import { expect, test, vi } from 'vitest';
import { createPinia, setActivePinia } from 'pinia';
import LooksPage from '../src/components/LooksPage.vue';
import { i18n, useLanguage } from '../src/core/i18n';
import { asked, question, quiet } from './asked';
import { mount } from './mount';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));

/** Until the test says that they are here. */
const gate = vi.hoisted(() => {
  let open = () => {};
  return { come: new Promise<void>((resolve) => (open = resolve)), open: () => open() };
});
vi.mock('../src/locales/en.json', async () => {
  await gate.come;
  return { default: {} };
});

test('the server is told of languages in the order in which they were chosen', async () => {
  globalThis.document ??= { documentElement: {} } as Document;
  setActivePinia(createPinia());
  const page = mount(LooksPage, {});
  await page.press('me-language-en');
  await page.press('me-language-zh-CN');
  for (const lang of ['en', 'zh-CN']) {
    const telling = await question('/user/update');
    expect(telling.body).toEqual({ lang });
    telling.answer({ id: 7 });
  }
  await quiet();
  expect(asked).toEqual([]);
});

test('the language that was chosen last stays, also where the words of another come later', async () => {
  globalThis.document ??= { documentElement: {} } as Document;
  const slow = useLanguage('en');
  await useLanguage('zh-CN');
  gate.open();
  await slow;
  expect(i18n.global.locale.value).toBe('zh-CN');
  expect(document.documentElement.lang).toBe('zh-CN');
});
