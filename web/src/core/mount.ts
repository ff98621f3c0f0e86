import { createPinia } from 'pinia';
import { createApp, type Component } from 'vue';
import { onSignedOut } from './api';
import { readBoot } from './boot';
import { i18n, useLanguage } from './i18n';
import { whenIdle } from './idle';
import { leave } from './leave';
import { goOffline } from './offline';
import { applyTheme, readTheme } from './theme';
import '../styles/tokens.css';
import '../styles/base.css';

/** Starts a page: its look, its words, then the component. */
export async function mountPage(page: Component, signedIn: boolean): Promise<void> {
  applyTheme(readTheme());
  addEventListener('vite:preloadError', () => void reloadAfterUpgrade());
  if (signedIn) onSignedOut(() => void leave());
  await useLanguage(readBoot().lang);
  createApp(page).use(createPinia()).use(i18n).mount('#app');
  // After the first sight: fetching all the rest must not delay it.
  whenIdle(() => void goOffline());
}

/**
 * A tab from before an upgrade asks for chunks that are gone: load the new page, but never in a circle, and not where
 * it is the network that is gone. What could not be loaded then is asked for again when it is wanted again.
 */
async function reloadAfterUpgrade(): Promise<void> {
  const last = Number(sessionStorage.getItem('fastim.reloaded') ?? 0);
  if (Date.now() - last < 60_000) return;
  const answer = await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  if (!answer?.ok) return;
  sessionStorage.setItem('fastim.reloaded', String(Date.now()));
  location.reload();
}
