/** Storage may be forbidden (private windows): then nothing is kept, and nothing breaks. */
export function localStore(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

export function readKept(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export function unkeep(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept either.
  }
}

/** `act` is told what another tab keeps now under a name that begins with `prefix`; null where it no longer does. */
export function onKeptElsewhere(prefix: string, act: (name: string, value: string | null) => void): void {
  globalThis.addEventListener?.('storage', ({ key, newValue }) => key?.startsWith(prefix) && act(key, newValue));
}

/** The names of what is kept that begin with `prefix`. */
export function keptKeys(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
