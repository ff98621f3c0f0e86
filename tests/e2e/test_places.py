"""Long conversations: where one opens, what keeps its place, how one gets to any message."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, expect

from fastim.services.seeding import add_messages
from tests.e2e.visitor import DESKTOP, PHONE, Visitor, uncomplaining
from tests.people import Person

MESSAGES = 3000
READ = 1000


@pytest.fixture
def reader(
    browser: Browser, start_server, sqlite_app: Flask, request: pytest.FixtureRequest
) -> Iterator[Visitor]:
    """Bob, who has read the first 1,000 of 3,000 messages, before the list of his conversations."""
    server = start_server()
    ann, bob = Person(server.url, "Ann"), Person(server.url, "Bob")
    ann.befriend(bob)
    with sqlite_app.app_context():
        add_messages((ann.id, bob.id), MESSAGES, READ)
    with uncomplaining() as visitors:
        visitors.append(Visitor(browser, server.url, "Bob", *request.param))
        yield visitors[0].become(bob)


def at(*places: tuple[dict[str, int], str]) -> pytest.MarkDecorator:
    """Where a test has Bob's page, by the language that it has there."""
    return pytest.mark.parametrize("reader", places, ids=[locale for _, locale in places], indirect=True)


def message(visitor: Visitor, number: int) -> Locator:
    return visitor.get("message-text").filter(has_text=re.compile(rf"^message {number}:"))


RESTS = """() => new Promise((done) => {
  const list = document.querySelector('[data-testid="message-list"]');
  let last = -1, frames = 0;
  const look = () => {
    frames = list.scrollTop === last ? frames + 1 : 0;
    last = list.scrollTop;
    if (frames > 10) done(); else requestAnimationFrame(look);
  };
  look();
})"""
"""Until the list has stood still for ten frames."""

SCROLL_UP = """async ({ steps, by }) => {
  const list = document.querySelector('[data-testid="message-list"]');
  const jumps = [];
  for (let step = 0; step < steps; step++) {
    const rows = [...list.querySelectorAll('[data-seq]')];
    const row = rows.find((one) => one.getBoundingClientRect().top > 200);
    const before = row.getBoundingClientRect().top;
    list.scrollTop -= by;
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
    const moved = row.getBoundingClientRect().top - before;
    // A step in the very frame in which older rows come may count for nothing; what is seen then rests.
    if (row.isConnected) jumps.push(Math.min(Math.abs(moved - by), Math.abs(moved)));
  }
  return jumps;
}"""
"""Scroll up in steps; by how many px each time what was in the middle moved otherwise than by the step."""


@at((DESKTOP, "en"), (PHONE, "zh-CN"))
def test_a_long_conversation_opens_where_it_was_left_and_keeps_its_place(reader: Visitor) -> None:
    reader.open_conversation("Ann")
    line = reader.get("unread-line")
    expect(line).to_be_visible()
    expect(message(reader, READ + 2)).to_be_visible()
    expect(reader.get("to-end")).to_contain_text(re.compile(reader.words("talk.newer", count=r"\d+")))

    # Upwards: what is read stays under the eyes while older ones come in above it.
    answers: list[str] = []
    reader.page.on("response", lambda answer: answers.append(answer.url))
    reader.page.evaluate(RESTS)
    steps = 100 if reader.is_phone else 40  # in a narrow window the same texts are higher
    jumps = reader.page.evaluate(SCROLL_UP, {"steps": steps, "by": 250})
    expect(line).not_to_be_in_viewport()
    assert sum(url.endswith("/message/history") for url in answers) > 1
    assert max(jumps) < 3, jumps

    # An address of a message leads to it from anywhere, and the end is one click away.
    talk = reader.page.evaluate("location.hash")
    reader.page.evaluate("to => { location.hash = to }", f"{talk}/2200")
    expect(message(reader, 2200)).to_be_in_viewport()
    expect(message(reader, 2199)).to_be_in_viewport()
    reader.get("to-end").click()
    expect(message(reader, MESSAGES)).to_be_in_viewport()
    expect(reader.get("unread-badge")).to_have_count(0)
    reader.say("written at the end")
    last = reader.get("message-text").filter(has_text="written at the end")
    expect(last).to_be_in_viewport()

    # And stays under the eyes in a window that becomes narrower and higher, or a phone that is turned.
    size = {"width": 844, "height": 390} if reader.is_phone else {"width": 760, "height": 900}
    for other in (size, PHONE if reader.is_phone else DESKTOP, size):
        reader.page.set_viewport_size(other)
        reader.page.evaluate(RESTS)
        expect(last).to_be_in_viewport(ratio=1)
        expect(reader.get("to-end")).to_have_count(0)


def answer_far_up(reader: Visitor) -> Locator:
    """Answer message 40 from another device and open the conversation; the answer's quote."""
    talk = int(reader.get("conversation-item").get_attribute("data-key").partition(":")[2])
    answer = {"cmd": 10, "dstid": talk, "media": 1, "content": "as I said", "reply": 40, "msgid": "far-up"}
    reader.page.evaluate(
        """frame => new Promise((done) => {
          const line = new WebSocket(location.origin.replace('http', 'ws') + '/chat', 'fastim.v2');
          line.onmessage = ({ data }) => {
            const { cmd } = JSON.parse(data);
            if (cmd === 18) line.send(frame);
            if (cmd === 12) done(line.close());
          };
        })""",
        json.dumps(answer),
    )
    reader.open_conversation("Ann")
    expect(reader.get("message").filter(has_text="as I said")).to_be_in_viewport()
    return reader.get("quote").last


FOLLOW = """seq => {
  const tops = (window.tops = []);
  addEventListener('wheel', () => (window.tops.length = 0), { capture: true, once: true, passive: true });
  const look = () => {
    const row = document.querySelector(`[data-seq="${seq}"]`);
    if (row) tops.push(row.getBoundingClientRect().top);
    requestAnimationFrame(look);
  };
  look();
}"""
"""Note in every frame from the first turn of the wheel on where the row of a message is seen."""


@at((DESKTOP, "en"), (PHONE, "zh-CN"))
def test_a_quote_leads_far_up_and_back_again(reader: Visitor) -> None:
    """To what was never loaded, with what was said around it; later news stays below, one click away."""
    quote = answer_far_up(reader)
    expect(quote).to_contain_text("message 40:")
    for turn in range(2):
        quote.click()
        for number in (39, 40, 41):
            expect(message(reader, number)).to_be_in_viewport()
        expect(message(reader, MESSAGES)).to_have_count(0)
        if turn:
            reader.page.reload()  # the place is left, the conversation is still there
            expect(reader.get("message").filter(has_text="as I said")).to_be_in_viewport()
            break
        # Until it rests, the list goes to its goal again with each row whose height becomes known.
        reader.page.evaluate(RESTS)
        jumps = reader.page.evaluate(SCROLL_UP, {"steps": 4, "by": 150})
        assert max(jumps, default=0) < 3, jumps
        reader.get("to-end").click()
        expect(reader.get("message").filter(has_text="as I said")).to_be_in_viewport()
        expect(reader.get("to-end")).to_have_count(0)


@at((DESKTOP, "en"), (PHONE, "zh-CN"))
def test_a_wheel_right_after_a_jump_is_the_readers_own(reader: Visitor) -> None:
    """Rows above the goal that come to their heights meanwhile do not lead back to it."""
    quote = answer_far_up(reader)
    expect(quote).to_contain_text("message 40:")
    reader.page.evaluate(FOLLOW, 40)
    quote.click()
    expect(message(reader, 40)).to_be_in_viewport()
    for _ in range(4):
        reader.page.mouse.wheel(0, -120)
    reader.page.evaluate(RESTS)
    tops: list[float] = reader.page.evaluate("tops")
    # The step in the very frame in which a height comes may count for nothing.
    assert 350 < tops[-1] - tops[0] < 485, tops
    assert all(after > before - 3 for before, after in itertools.pairwise(tops)), tops
