"""On a phone a finger of 44 CSS pixels hits what it aims at, on every page and sheet."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.visitor import PHONE, Visitor
from tests.people import Person

Look = Callable[[str], None]

TOO_SMALL = """() => {
  const exceptions = [
    'input[type=range]',          // drawn over the wave form that it moves in, as wide as that
    '[data-testid=message-text] a',  // a link within a text is as high as its line
    '[data-testid=quote]',        // as wide as its bubble, and at least two lines high
    '.unseen',                    // for readers, not for fingers
    '[data-testid=read-count]',   // its surroundings are the bubble's, whose menu is no loss
  ];
  const REACH = 21;  // half a finger, less what rounding takes
  const modal = [...document.querySelectorAll('dialog[open]')].at(-1);
  const belongs = (hit, one) => {
    const labels = [one.closest('label'), ...(one.labels ?? [])];
    return hit && (one.contains(hit) || labels.some((label) => label?.contains(hit)));
  };
  const small = [];
  const all = (modal ?? document).querySelectorAll(
    'button, a[href], input, textarea, select, [role=tab], [role=option], summary');
  for (const one of all) {
    if (one.disabled || one.closest('[inert], [aria-hidden=true]')) continue;
    if (exceptions.some((which) => one.matches(which))) continue;
    if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    one.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const { left, top, width, height } = (one.closest('label') ?? one).getBoundingClientRect();
    if (!width || !height) continue;
    const [x, y] = [left + width / 2, top + height / 2];
    if (!belongs(document.elementFromPoint(x, y), one)) continue;  // it is covered: nothing to aim at
    const points = [[x - REACH, y], [x + REACH, y], [x, y - REACH], [x, y + REACH]];
    const missed = points.filter(([a, b]) => {
      // The window's own edge is as good as the target's.
      if (a < 0 || b < 0 || a >= innerWidth || b >= innerHeight) return false;
      return !belongs(document.elementFromPoint(a, b), one);
    });
    const name = one.dataset.testid ?? one.outerHTML.slice(0, 80);
    if (missed.length) small.push(`${name} ${Math.round(width)}x${Math.round(height)}`);
  }
  return [...new Set(small)];
}"""
"""What a finger misses although it lies on it, by where its edges touch; exceptions with reasons."""


def test_every_target_is_as_large_as_a_finger(visit: Visit, ann: Person, bob: Person) -> None:
    group = ann.create_group("Targets", bob)
    with ann.chat() as a, bob.chat() as b:
        seq = b.say(ann.id, "see https://example.org")["seq"]
        a.send(cmd=21, kind=10, dstid=bob.id, seq=seq, msgid="react", emoji="👍")
        a.expect(lambda f: f["cmd"] == 12 and f.get("msgid") == "react")
        a.say(group, "to all", cmd=11)
    ann.post("/contact/tags", dstid=bob.id, tags=["Work"])
    phone = visit("Ann", PHONE, "zh-CN").become(ann)
    phone.page.emulate_media(reduced_motion="reduce")  # what comes in softly stands elsewhere at first
    small: dict[str, list[str]] = {}

    def look(place: str) -> None:
        small[place] = phone.page.evaluate(TOO_SMALL)

    _walk(phone, look)
    assert {place: found for place, found in small.items() if found} == {}


def _walk(phone: Visitor, look: Look) -> None:
    """Through the list, a talk with its panels and sheets, and every tab and page."""
    look("chats")
    phone.open_conversation("Bob")
    expect(phone.get("reaction")).to_be_visible()
    look("talk")
    phone.get("emoji-open").click()
    expect(phone.get("emoji-item").first).to_be_visible()
    look("emoji")
    phone.get("sticker-open").click()
    expect(phone.get("sticker-item").first).to_be_visible()
    look("stickers")
    phone.get("talk-info").click()
    look("person")
    phone.get("sheet-close").click()
    phone.tab("chats")
    phone.open_conversation("Targets")
    phone.get("talk-info").click()
    look("group")
    for page in ("group-members", "group-notice", "group-manage", "group-invite", "group-links"):
        phone.get(page).click()
        expect(phone.get("sheet-back")).to_be_visible()
        look(page)
        phone.get("sheet-back").click()
        expect(phone.get("group-members")).to_be_visible()
    phone.get("sheet-close").click()
    phone.tab("contacts")
    expect(phone.get("tag-filter")).to_be_visible()
    look("contacts")
    phone.tab("groups")
    look("groups")
    phone.tab("me")
    for page in ("me-notices", "me-privacy", "me-looks", "me-devices", "me-edit", "me-code"):
        phone.get(page).click()
        expect(phone.get("page-back")).to_be_visible()
        look(page)
        phone.get("page-back").click()
    look("me")
    phone.tab("chats")
    phone.get("favourites-open").click()
    expect(phone.get("favourites-find")).to_be_visible()
    look("favourites")
    phone.get("sheet-close").click()
    phone.get("search-input").click()
    phone.get("search-tab-messages").click()
    look("search")
