"""A person in a browser: what they do, by the names that the pages give their controls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.client import PASSWORD, new_mobile
from tests.e2e.touch import finger, middle
from tests.e2e.words import words
from tests.people import Person

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}


STILL = """async () => {
  const places = () => [...document.querySelectorAll('[data-testid=message]')].map((one) => {
    const { top, height } = one.getBoundingClientRect();
    return `${top} ${height}`;
  }).join();
  for (let frames = 0, before = ''; frames < 6;) {
    await new Promise(requestAnimationFrame);
    frames = places() === before ? frames + 1 : 0;
    before = places();
  }
}"""


class Visitor:
    """One person's browser; whatever the page complains about is kept in `complaints`."""

    def __init__(
        self,
        browser: Browser,
        base: str,
        name: str,
        size: dict[str, int],
        locale: str,
        dark: bool = False,
        touch: bool | None = None,
    ) -> None:
        """A finger instead of a mouse where `touch` says so, else in a narrow window."""
        self.name = name
        self.base = base
        self.locale = locale
        self.mobile = new_mobile()
        self.is_phone = size["width"] < 760
        has_touch = self.is_phone if touch is None else touch
        self.complaints: list[str] = []
        self.is_line_sure = True
        """Else the browser may tell of a server that is away; its own failures count all the same."""
        self.context: BrowserContext = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            locale=locale,
            has_touch=has_touch,
            is_mobile=has_touch,
            color_scheme="dark" if dark else "light",
        )
        self.page: Page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and self.is_line_sure:
            self.complaints.append(message.text)

    def words(self, key: str, **values: object) -> str:
        """What this person's pages say, by its name in the locale files."""
        return words(self.locale, key, **values)

    def get(self, test_id: str) -> Locator:
        return self.page.get_by_test_id(test_id)

    def register(self, avatar: Path | None = None) -> None:
        """Through the page, as a stranger would, from the site's root."""
        self.page.goto(self.base + "/")
        self.page.wait_for_url("**/login.shtml")
        self.page.locator("a[href*='register.shtml']").click()
        self.page.wait_for_url("**/register.shtml")
        if avatar is not None:
            with self.page.expect_response("**/attach/upload"):
                self.page.locator("input[type=file]").first.set_input_files(avatar)
        self.fill_in()
        expect(self.get("tab-chats")).to_be_visible()

    def fill_in(self) -> None:
        """Send the form for a new account; the page after it is there."""
        self.get("register-mobile").fill(self.mobile)
        self.get("register-nickname").fill(self.name)
        self.get("register-passwd").fill(PASSWORD)
        self.get("register-passwd2").fill(PASSWORD)
        self.get("register-submit").click()
        self.page.wait_for_url("**/index.shtml**")

    def sign_up(self) -> None:
        """As `register`, past the pages of strangers: three loads that most tests are not about."""
        person = {"mobile": self.mobile, "nickname": self.name, "passwd": PASSWORD}
        self._enter("register", person)

    def log_in(self) -> None:
        self.page.goto(self.base + "/login.shtml")
        self.get("login-mobile").fill(self.mobile)
        self.get("login-passwd").fill(PASSWORD)
        self.get("login-submit").click()
        self.page.wait_for_url("**/index.shtml")

    def become(self, person: Person) -> Visitor:
        """Somebody who was made through the API, signed in with this browser; itself, for chaining."""
        self.mobile = person.mobile
        self._enter("login", {"mobile": self.mobile, "passwd": PASSWORD})
        expect(self.get("connection-state").first).to_have_attribute("data-state", "online")
        return self

    def _enter(self, door: str, by: dict[str, str]) -> None:
        answer = self.context.request.post(f"{self.base}/user/{door}", data=by)
        assert answer.json()["code"] == 0, answer.text()
        self.page.goto(f"{self.base}/index.shtml")
        expect(self.get("tab-chats")).to_be_visible()

    def line(self, title: str) -> Locator:
        """A conversation in the list."""
        return self.get("conversation-item").filter(has_text=title)

    def message(self, text: str) -> Locator:
        """The message that says this, last."""
        return self.get("message").filter(has_text=text).last

    def menu(self, of: Locator, item: str) -> None:
        """Open the menu of something, and choose."""
        self.open_menu(of)
        self.get(f"menu-{item}").click()

    def open_menu(self, of: Locator) -> None:
        """As this device does."""
        if self.is_phone:
            self.press_long(of)
        else:
            of.click(button="right")

    def wait_until_still(self) -> None:
        """Until the messages stand where they stay: a list that has just been opened measures its rows."""
        self.page.evaluate(STILL)

    def press_long(self, on: Locator) -> None:
        """Lay a finger on something until a menu is there."""
        self.wait_until_still()
        with finger(self.page, *middle(on)):
            expect(self.page.get_by_role("menu")).to_be_visible()

    def tab(self, name: str) -> None:
        """Go to chats, contacts, groups or me; on a phone an open conversation is left first."""
        free = self.page.locator(f"[data-testid=tab-{name}]:not([inert] *)")  # not under a conversation
        for _ in range(10):
            expect(self.get("back").or_(free).locator("visible=true").first).to_be_visible()
            if self.is_phone and self.get("back").is_visible():
                self.get("back").click()
            try:
                free.click(timeout=2000)
            except PlaywrightTimeout:
                continue  # a page that was still loading has put a conversation over it
            return
        raise AssertionError(f"tab {name} cannot be reached")

    def add_friend(self, other: Visitor) -> None:
        self.tab("contacts")
        self.get("add-friend-open").click()
        self.get("add-friend-mobile").fill(other.mobile)
        self.get("add-friend-submit").click()
        expect(self.friend(other)).to_be_visible()

    def friend(self, other: Visitor) -> Locator:
        return self.get("friend-item").filter(has_text=other.name)

    def open_friend(self, other: Visitor) -> None:
        self.tab("contacts")
        self.friend(other).click()
        self.get("friend-talk").click()
        expect(self.get("composer-input")).to_be_visible()

    def open_conversation(self, title: str) -> None:
        self.tab("chats")
        self.get("conversation-item").filter(has_text=title).click()
        expect(self.get("composer-input")).to_be_visible()

    def say(self, text: str) -> None:
        self.get("composer-input").fill(text)
        self.get("composer-input").press("Enter")

    def send_emoji(self) -> str:
        """Pick the first emoji and send it; which it was."""
        self.get("emoji-open").click()
        item = self.get("emoji-item").first
        emoji = item.inner_text().strip()
        item.click()
        expect(self.get("composer-input")).to_have_value(emoji)
        self.get("composer-send").click()
        return emoji

    def send_sticker(self) -> None:
        self.get("sticker-open").click()
        self.get("sticker-item").first.click()

    def send_picture(self, path: Path) -> None:
        self.get("picture-input").first.set_input_files(path)

    def sees(self, text: str) -> None:
        expect(self.get("message-text").filter(has_text=text).last).to_be_visible(timeout=10_000)

    def sees_sticker(self, count: int) -> None:
        self._sees_loaded("message-sticker", count)

    def sees_picture(self, count: int) -> None:
        self._sees_loaded("message-picture", count)

    def _sees_loaded(self, test_id: str, count: int) -> None:
        """So many pictures of a kind, the last of them really drawn."""
        expect(self.get(test_id)).to_have_count(count, timeout=15_000)
        image = self.get(test_id).last.locator("img").or_(self.get(test_id).last).last
        self.page.wait_for_function(
            "image => (image.tagName === 'IMG' ? image : image.querySelector('img')).naturalWidth > 0",
            arg=image.element_handle(),
        )

    def create_group(self, name: str, *members: Visitor) -> None:
        """From the list of conversations, with these friends; who has friends is asked whom to bring."""
        self.tab("chats")
        self.get("start-open").click()
        self.get("menu-new-group").click()
        self.get("createcom-name").fill(name)
        self.get("createcom-submit").click()
        later = self.get("invite-later")
        expect(later.or_(self.get("talk-name").filter(has_text=name))).to_be_visible()
        for member in members:
            self.get("invite-friend").filter(has_text=member.name).click()
        if members:
            self.get("invite-submit").click()
        elif later.is_visible():
            later.click()
        self._is_in(name)

    def join_group(self, name: str) -> None:
        self.tab("groups")
        self.get("join-group-open").click()
        self.get("join-group-name").fill(name)
        self.get("join-group-submit").click()
        self._is_in(name)

    def open_group(self, name: str) -> None:
        self.tab("groups")
        self.get("group-item").filter(has_text=name).click()
        self._is_in(name)

    def _is_in(self, name: str) -> None:
        """The group's conversation is open: the page goes there by itself, when the answer is there."""
        expect(self.get("talk-name")).to_have_text(name)
        expect(self.get("composer-input")).to_be_visible()

    @contextmanager
    def refused_once(self, address: str) -> Iterator[None]:
        """What is asked there is not answered; the page says why, and asks again when it is told to."""
        refusal = {"code": 1, "error": "server_busy", "msg": "too much to do"}
        self.page.route(address, lambda route: route.fulfill(json=refusal), times=1)
        yield
        expect(self.get("fault-line")).to_contain_text("too much to do")
        self.get("fault-retry").click()
        expect(self.get("fault-line")).to_be_hidden()

    def close(self) -> None:
        self.context.close()


@contextmanager
def uncomplaining() -> Iterator[list[Visitor]]:
    """Whoever is put into the list is gone in the end, and no page may have complained then."""
    visitors: list[Visitor] = []
    yield visitors
    complaints = [f"{visitor.name}: {text}" for visitor in visitors for text in visitor.complaints]
    for visitor in visitors:
        visitor.close()
    assert not complaints, "\n".join(complaints)


def meet(one: Visitor, other: Visitor) -> None:
    """Two strangers become friends, and each has the other's conversation open."""
    one.sign_up()
    other.sign_up()
    one.add_friend(other)
    one.open_friend(other)
    one.say("hello")
    other.open_conversation(one.name)
    other.sees("hello")
