const RELOADED = 'fastim.reloaded';
/** A page that was loaded anew and still misses a part is not loaded again at once. */
const PAUSE_MS = 60_000;

/** A tab from before an upgrade asks for parts that are gone: then it takes the new page. */
export function followUpgrades(): void {
  addEventListener('vite:preloadError', () => void reloadAfterUpgrade());
}

/**
 * Only where the server's page is of another build: a network that failed for a moment must not take the letters that
 * are typed meanwhile. What could not be loaded then is asked for again when it is wanted again.
 */
async function reloadAfterUpgrade(): Promise<void> {
  if (Date.now() - Number(sessionStorage.getItem(RELOADED) ?? 0) < PAUSE_MS) return;
  const page = await fetch(location.pathname, { cache: 'no-store' })
    .then((answer) => (answer.ok ? answer.text() : ''))
    .catch(() => '');
  if (!page || page.includes(entry())) return;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
}

/** The script that this page began with; its name has the hash of all that it can ask for. */
function entry(): string {
  const scripts = [...document.querySelectorAll<HTMLScriptElement>('script[type="module"][src]')];
  return scripts.at(-1)?.getAttribute('src') ?? '';
}
