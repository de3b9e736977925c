"""The servers that others wrote: they start, they answer as our tests assume, and they stop."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openai
import pytest
from pydantic import BaseModel, ValidationError
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.counterparts import aimock, local_slack
from tests.counterparts.test_blockkit import actions, button, entry, modal, option, overflow, section

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from openai.types.responses import ResponseTextConfigParam

    from tests.counterparts.local_slack import LocalSlack

pytestmark = pytest.mark.counterpart

needs_slack = pytest.mark.skipif(bool(local_slack.missing()), reason=str(local_slack.missing()))
needs_aimock = pytest.mark.skipif(bool(aimock.missing()), reason=str(aimock.missing()))


class Claim(BaseModel):
    """Which fact backs which words."""

    fact: str
    words: str


class Reply(BaseModel):
    """What a drafter asks a model for."""

    text: str
    claims: list[Claim]
    promises: list[str]
    refused: bool


SHAPE = Reply.model_json_schema()
SCHEMA: ResponseTextConfigParam = {
    "format": {"type": "json_schema", "name": "reply", "strict": True, "schema": SHAPE},
}


class Llm:
    """The real client, without retries, and with little patience."""

    def __init__(self, mock: aimock.AiMock, client: openai.AsyncOpenAI) -> None:
        self.mock, self.client = mock, client

    async def text(self, case: str) -> str:
        """What the model says, unparsed."""
        answer = await self.client.responses.create(
            model=self.mock.model,
            instructions="Draft.",
            input=case,
            store=False,
            text=SCHEMA,
        )
        return answer.output_text

    async def reply(self, case: str) -> Reply:
        """What the model says, parsed by the client."""
        answer = await self.client.responses.parse(model=self.mock.model, input=case, store=False, text_format=Reply)
        assert answer.output_parsed is not None
        return answer.output_parsed


@pytest.fixture
async def llm() -> AsyncIterator[Llm]:
    async with (
        aimock.running() as mock,
        openai.AsyncOpenAI(base_url=mock.base_url, api_key=mock.api_key, max_retries=0, timeout=1) as client,
    ):
        yield Llm(mock, client)


@needs_aimock
async def test_good_replies_fit_the_schema(llm: Llm) -> None:
    assert (await llm.reply("<post>CASE-OK</post>")).text.startswith("Thank you")
    assert (await llm.reply("CASE-OK-DE")).text.startswith("Danke")
    assert (await llm.reply("CASE-OK-FACT")).claims[0].fact == "opening-hours"
    assert (await llm.reply("anything else")).refused is False
    assert [request["path"] for request in await llm.mock.requests()] == ["/v1/responses"] * 4


@needs_aimock
async def test_bad_replies_reach_the_drafter_as_they_are(llm: Llm) -> None:
    assert (await llm.reply("CASE-REFUSAL")).refused
    assert (await llm.reply("CASE-EMPTY")).text == ""
    assert "refund 50 EUR" in (await llm.reply("CASE-INVENTED")).text
    assert "{{7*7}} <!channel>" in (await llm.reply("CASE-OBEYS")).text
    for case in ("CASE-SORRY", "CASE-BROKEN", "CASE-LENGTH"):
        with pytest.raises(json.JSONDecodeError):
            json.loads(await llm.text(case))
    for case in ("CASE-SORRY", "CASE-BROKEN", "CASE-LENGTH", "CASE-OTHER-SHAPE"):
        with pytest.raises(ValidationError):
            await llm.reply(case)


@needs_aimock
async def test_failures_come_as_six_kinds_of_error(llm: Llm) -> None:
    for case, error in (
        ("CASE-429", openai.RateLimitError),
        ("CASE-429-ALWAYS", openai.RateLimitError),
        ("CASE-500", openai.InternalServerError),
        ("CASE-401", openai.AuthenticationError),
        ("CASE-CUT", openai.APIConnectionError),
        ("CASE-SLOW", openai.APITimeoutError),
        ("CASE-BROKEN-BODY", json.JSONDecodeError),
    ):
        with pytest.raises(error):
            await llm.text(case)
    assert await llm.text("CASE-429 once more")


@needs_aimock
async def test_any_answer_can_be_made_late_or_cut(llm: Llm) -> None:
    await llm.mock.fault(latencyMs=1200)
    with pytest.raises(openai.APITimeoutError):
        await llm.text("CASE-OK")

    await llm.mock.fault(latencyMs=0, disconnectRate=1)
    with pytest.raises(openai.APIConnectionError):
        await llm.text("CASE-OK")


CARD = [
    section("On its way."),
    actions(button(), button("Edit", action_id="edit"), overflow(option("claim:42:1"), option("x"))),
]


@needs_slack
async def test_local_slack_carries_a_card_a_click_a_menu_and_a_modal() -> None:
    async with local_slack.running() as slack:
        web = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        heard: asyncio.Queue[str] = asyncio.Queue()
        app = _app(web, slack, heard)
        socket = AsyncWebClient(token=slack.app_token, base_url=slack.api_url)
        handler = AsyncSocketModeHandler(app, slack.app_token, web_client=socket)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        try:
            await web.chat_postMessage(channel="C01DESK", text="Draft", blocks=CARD)

            await slack.click("U02BOB", "C01DESK", "approve")
            assert await asyncio.wait_for(heard.get(), 5) == "approve 42:1"
            await slack.click("U02BOB", "C01DESK", "more", "claim:42:1")
            assert await asyncio.wait_for(heard.get(), 5) == "more claim:42:1"
            await slack.click("U01ALICE", "C01DESK", "edit")
            assert await asyncio.wait_for(heard.get(), 5) == "edit 42:1"
            await slack.submit("U01ALICE", {"words": {"text": "Grüße"}})
            assert await asyncio.wait_for(heard.get(), 5) == "sent Grüße"
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]


@needs_slack
async def test_local_slack_listens_on_this_machine_alone() -> None:
    async with local_slack.running() as slack:
        port = int(slack.url.rpartition(":")[2])

        assert listening_on(port) == [f"0100007F:{port:04X}"]


def listening_on(port: int) -> list[str]:
    """The addresses, as the kernel writes them, on which somebody listens at this port."""
    tables = (Path("/proc/net", name).read_text(encoding="ascii") for name in ("tcp", "tcp6"))
    rows = [line.split() for table in tables for line in table.splitlines()]
    return [row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{port:04X}")]


def _app(web: AsyncWebClient, slack: LocalSlack, heard: asyncio.Queue[str]) -> AsyncApp:
    app = AsyncApp(client=web, signing_secret=slack.signing_secret)

    async def pressed(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        action = body["actions"][0]
        if action["action_id"] == "edit":
            await web.views_open(trigger_id=body["trigger_id"], view=modal(entry(), callback_id="edit"))
        await heard.put(f"{action['action_id']} {action.get('value') or action['selected_option']['value']}")

    async def sent(ack: AsyncAck, view: dict[str, Any]) -> None:
        await ack()
        await heard.put(f"sent {view['state']['values']['words']['text']['value']}")

    for name in ("approve", "edit", "more"):
        app.action(name)(pressed)
    app.view("edit")(sent)
    return app


def test_what_is_missing_is_said_in_one_line() -> None:
    for reason in (local_slack.missing(), aimock.missing()):
        assert reason is None or "\n" not in reason
