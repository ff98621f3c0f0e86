"""Pages that speak as the Go version's do, served from a folder like its own, work unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.client import PASSWORD, new_mobile
from tests.conftest import StartServer
from tests.servers import Server

CLASSIC = Path(__file__).with_name("classic")


@pytest.fixture
def old_server(start_server: StartServer) -> Server:
    return start_server(classic_pages=CLASSIC)


class OldVisitor:
    """Somebody with a browser at the old pages."""

    def __init__(self, browser: Browser, base: str, nickname: str) -> None:
        self.base, self.nickname, self.mobile = base, nickname, new_mobile()
        self.context = browser.new_context(locale="zh-CN")
        self.page: Page = self.context.new_page()

    def register(self, avatar: Path) -> None:
        self.page.goto(f"{self.base}/register.shtml")
        with self.page.expect_response("**/attach/upload") as answer:
            self.page.locator("#avatar").set_input_files(avatar)
        assert answer.value.json()["code"] == 0
        self.page.locator("#mobile").fill(self.mobile)
        self.page.locator("#passwd").fill(PASSWORD)
        self.page.locator("#nickname").fill(self.nickname)
        self.page.locator("button").click()
        self.page.wait_for_url("**/index.shtml?id=*&token=*")
        self.page.wait_for_function("document.title == 'welcome!'")

    def post(self, uri: str, **data: str) -> dict[str, object]:
        """Call as the page does; the answer."""
        call = "([uri, data]) => new Promise(done => post(uri, data, done))"
        answer = self.page.evaluate(call, [uri, {"userid": "0", **data}])
        assert isinstance(answer, dict)
        return answer

    def turn_to(self, kind: str, name: str, cmd: int) -> None:
        self.page.evaluate("load()")
        self.page.wait_for_function(f"name => {kind}[name]", arg=name)
        self.page.evaluate(
            f"([name, cmd]) => {{ context.cmd = cmd; context.dstid = {kind}[name].id }}", [name, cmd]
        )

    def sees(self, text: str) -> None:
        expect(self.page.locator("#messages li").filter(has_text=text)).to_have_count(1)

    def sees_picture(self, place: int) -> None:
        image = self.page.locator("#messages img").nth(place)
        expect(image).to_be_attached()
        self.page.wait_for_function("image => image.naturalWidth > 0", arg=image.element_handle())


@pytest.fixture
def visitors(browser: Browser, old_server: Server) -> Iterator[tuple[OldVisitor, OldVisitor]]:
    pair = OldVisitor(browser, old_server.url, "老王"), OldVisitor(browser, old_server.url, "小李")
    yield pair
    for visitor in pair:
        visitor.context.close()


def test_old_pages_register_befriend_chat_and_group(
    visitors: tuple[OldVisitor, OldVisitor], tmp_path: Path
) -> None:
    one, other = visitors
    picture = tmp_path / "face.png"
    Image.radial_gradient("L").save(picture)
    for visitor in visitors:
        visitor.register(picture)
    assert one.post("contact/addfriend", dstname=other.mobile)["code"] == 0
    one.turn_to("friends", "小李", 10)
    other.turn_to("friends", "老王", 10)
    one.page.evaluate("send({media: 1, content: '吃了吗'})")
    other.sees("老王: 吃了吗")
    other.page.wait_for_function("stickers.length > 2")
    other.page.evaluate("sendpic(stickers[2])")
    one.sees_picture(0)
    one.page.locator("#picture").set_input_files(picture)
    other.sees_picture(1)

    assert one.post("contact/createcommunity", name="老群", cate="1")["code"] == 0
    assert other.post("contact/joincommunity", dstname="老群")["code"] == 0
    one.turn_to("groups", "老群", 11)
    one.page.evaluate("send({media: 1, content: '大家好'})")
    other.sees("老王: 大家好")
    one.sees("老王: 大家好")
