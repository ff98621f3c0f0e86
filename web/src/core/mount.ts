import { createPinia } from 'pinia';
import { createApp, type Component } from 'vue';
import { onSignedOut } from './api';
import { readBoot } from './boot';
import { i18n, useLanguage } from './i18n';
import { whenIdle } from './idle';
import { forgetRest, leave } from './leave';
import { goOffline } from './offline';
import { applyTheme, readTheme } from './theme';
import { followUpgrades } from './upgrade';
import '../styles/tokens.css';
import '../styles/base.css';

/** Starts a page: its look, its words, then the component. */
export async function mountPage(page: Component, signedIn: boolean): Promise<void> {
  applyTheme(readTheme());
  followUpgrades();
  if (signedIn) onSignedOut(() => void leave(false));
  else forgetRest();
  await useLanguage(readBoot().lang);
  createApp(page).use(createPinia()).use(i18n).mount('#app');
  // After the first sight: fetching all the rest must not delay it.
  whenIdle(() => void goOffline());
}
