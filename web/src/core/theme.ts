import { keep, readKept } from './storage';

/** The chosen look, kept in this browser; `system` follows the machine. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'fastim.theme';

export function readTheme(): Theme {
  const kept = readKept(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function applyTheme(theme: Theme): void {
  if (theme === 'system') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', theme);
}

export function keepTheme(theme: Theme): void {
  keep(KEY, theme);
  applyTheme(theme);
}
