"""What a browser keeps of a person, asked of the browser itself: storage, databases, caches."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.servers import wait_for

_FIND = """async (words) => {
  const found = [];
  for (const [key, value] of Object.entries(localStorage)) {
    if (`${key} ${value}`.includes(words)) found.push(`localStorage ${key}`);
  }
  const done = (asking) => new Promise((give, fail) => {
    asking.onsuccess = () => give(asking.result);
    asking.onerror = () => fail(asking.error);
  });
  for (const { name } of await indexedDB.databases()) {
    const base = await done(indexedDB.open(name));
    for (const store of base.objectStoreNames) {
      const all = await done(base.transaction(store).objectStore(store).getAll());
      if (JSON.stringify(all).includes(words)) found.push(`${name} ${store}`);
    }
    base.close();
  }
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) {
      if (request.url.includes(words)) found.push(`${name} ${new URL(request.url).pathname}`);
    }
  }
  return found;
}"""

_PICTURES = """async () => {
  const paths = [];
  for (const name of (await caches.keys()).filter((one) => one.startsWith('fastim-pictures.'))) {
    for (const request of await (await caches.open(name)).keys()) paths.push(new URL(request.url).pathname);
  }
  return paths;
}"""

_IS_KEPT = """async () => {
  dispatchEvent(new Event('appinstalled'));
  if (navigator.serviceWorker.controller === null) return false;
  return !!await (await caches.open('fastim-pages')).match(location.pathname);
}"""


def places_of(page: Page, words: str) -> list[str]:
    """Where the page's origin keeps these words, be it as a name or within what is kept."""
    return list(page.evaluate(_FIND, words))


def pictures(page: Page) -> list[str]:
    """The paths of the pictures that the service worker keeps, of whomever."""
    return list(page.evaluate(_PICTURES))


def wait_for_worker(page: Page) -> None:
    """Until the service worker answers for this page, and keeps it; as an app it has that soon."""
    wait_for(lambda: page.evaluate(_IS_KEPT), "no service worker")
