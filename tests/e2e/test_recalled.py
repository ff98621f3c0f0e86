"""What is recalled is gone: from every tab, from what is looked at, and from all that the browser keeps."""

from __future__ import annotations

from playwright.sync_api import expect

from tests import pictures
from tests.e2e import kept
from tests.e2e.conftest import BOTH, Visit
from tests.e2e.visitor import Visitor
from tests.people import Person
from tests.servers import Server, wait_for
from tests.ws import Chat, Frame

SINCE = 62
"""More than a browser keeps of a conversation (KEPT_ENTRIES of web/src/core/kept.ts)."""


def recall(chat: Chat, dst: int, seq: int) -> None:
    chat.send(cmd=19, kind=10, dstid=dst, seq=seq, msgid=f"recall{seq}")
    chat.expect(lambda frame: frame["cmd"] == 12 and frame["msgid"] == f"recall{seq}")


def show(chat: Chat, dst: int, url: str, msgid: str = "picture") -> Frame:
    chat.send(cmd=10, dstid=dst, media=4, url=url, pic=f"{url}?thumb=1", memo="300x200", msgid=msgid)
    return chat.expect(lambda frame: frame["cmd"] == 12 and frame["msgid"] == msgid)


def record(chat: Chat, dst: int, seq: int, of: int, msgid: str = "record") -> Frame:
    """What was said as `seq` in the talk with `of`, forwarded to `dst` as a record."""
    chat.send(cmd=25, kind=10, dstid=dst, from_kind=10, from_id=of, seqs=[seq], merged=True, msgid=msgid)
    return chat.expect(lambda frame: frame["cmd"] == 12 and frame["msgid"] == msgid)


def sees_recorded(hers: Visitor) -> None:
    """The picture in the record is there, in full width."""
    hers.get("message-record").click()
    shot = hers.get("record-item").locator("a img")
    wait_for(
        lambda: shot.evaluate("one => one.complete && one.naturalWidth > 0"), "no picture in the record"
    )
    hers.get("sheet-close").click()


@BOTH
def test_a_recall_takes_text_and_picture_from_both_tabs_and_from_what_the_browser_keeps(
    visit: Visit, ann: Person, bob: Person, size: dict[str, int], locale: str
) -> None:
    """The second tab has the picture open in full; afterwards neither is kept or shown anywhere."""
    url = bob.upload(pictures.picture("PNG", 300, 200), "a.png")
    with bob.chat() as his:
        his.say(ann.id, "stays")
        text = his.say(ann.id, "taken back")
        picture = show(his, ann.id, url)
        hers = visit("Ann", size, locale).become(ann)
        hers.open_conversation("Bob")
        hers.sees_picture(1)
        kept.wait_for_worker(hers.page)
        second = hers.context.new_page()
        second.goto(hers.page.url)
        second.get_by_test_id("message-picture").locator("button").first.click()
        expect(second.get_by_test_id("picture-full")).to_be_visible()
        wait_for(lambda: url in kept.pictures(second), "the picture is not kept")
        wait_for(lambda: kept.places_of(second, "taken back"), "the text is not kept")

        for one in (text, picture):
            recall(his, ann.id, one["seq"])
    told = hers.words("notice.recalled", name=hers.words("notice.name", name="Bob"))
    for page in (hers.page, second):
        expect(page.get_by_test_id("message-picture")).to_have_count(0)
        expect(page.get_by_test_id("notice")).to_have_count(2)
        expect(page.get_by_test_id("notice").last).to_contain_text(told)
    expect(second.get_by_test_id("picture-viewer")).to_have_count(0)
    for what in (url, "taken back"):
        wait_for(lambda what=what: not kept.places_of(second, what), f"{what} is still kept", 10)

    hers.page.close()
    hers.context.set_offline(True)
    second.reload()
    expect(second.get_by_test_id("message-text")).to_have_text(["stays"])
    expect(second.get_by_test_id("message-picture")).to_have_count(0)
    assert kept.places_of(second, "taken back") == []


@BOTH
def test_pictures_go_with_their_messages_though_the_page_has_those_no_more(
    visit: Visit, server: Server, ann: Person, bob: Person, size: dict[str, int], locale: str
) -> None:
    """So much was said since that the browser keeps both pictures, one of a record, and no messages.

    What a record shows of a message that is there does not go with the record.
    """
    cat = Person(server.url, "Cat")
    cat.befriend(bob)
    url, recorded = (bob.upload(pictures.picture("PNG", width, 200), "a.png") for width in (300, 310))
    with bob.chat() as his:
        picture = show(his, ann.id, url)
        gathered = record(his, ann.id, show(his, cat.id, recorded, "for Cat")["seq"], cat.id)
        hers = visit("Ann", size, locale).become(ann)
        hers.open_conversation("Bob")
        hers.sees_picture(1)
        kept.wait_for_worker(hers.page)
        hers.page.reload()
        hers.sees_picture(1)
        sees_recorded(hers)
        wait_for(lambda: {url, recorded} <= set(kept.pictures(hers.page)), "the pictures are not kept")
        wait_for(lambda: kept.places_of(hers.page, recorded), "the conversation is not kept")
        hers.is_line_sure = False  # the browser tells of every request that fails
        hers.context.set_offline(True)
        hers.page.reload()
        sees_recorded(hers)
        hers.context.set_offline(False)
        for number in range(SINCE):
            his.say(ann.id, f"later {number}")
        wait_for(lambda: kept.places_of(hers.page, f"later {SINCE - 1}"), "the conversation is not kept")
        for one in (url, recorded):
            assert not any("conversations" in place for place in kept.places_of(hers.page, one))
        hers.page.reload()
        hers.sees(f"later {SINCE - 1}")
        assert {url, recorded} <= set(kept.pictures(hers.page))
        again = record(his, ann.id, picture["seq"], ann.id, "again")
        expect(hers.get("message-record")).to_have_count(1)
        for gone in (again, gathered):
            recall(his, ann.id, gone["seq"])
        wait_for(lambda: recorded not in kept.pictures(hers.page), "a picture is still kept", 10)
        assert url in kept.pictures(hers.page)
        recall(his, ann.id, picture["seq"])
        wait_for(lambda: url not in kept.pictures(hers.page), "a picture is still kept", 10)
