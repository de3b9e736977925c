"""The strict Slack must behave as Slack does, seen through the real slack_sdk and slack_bolt."""

from __future__ import annotations

import asyncio
import re
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientConnectionError, ClientSession
from aiohttp import web as aiohttp_web
from aiohttp.test_utils import TestServer
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.counterparts.slack_elements import CannotSend, NotThere
from tests.counterparts.slack_server import SlackServer
from tests.counterparts.slack_workspace import Json, Message
from tests.counterparts.test_blockkit import actions, button, entry, modal, option, overflow, plain, section, select

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable

pytestmark = pytest.mark.counterpart

ROOT = Path(__file__).parents[2]
ALICE, BOB, DESK = "U01ALICE", "U02BOB", "C0CANDOR"
EDIT = modal(section("The customer said: thanks"), entry(max_length=20), callback_id="edit", private_metadata="42:1")
REASON = {**entry(min_length=10), "block_id": "override"}
CARD = [
    section("Your parcel is on its way.", block_id="draft"),
    actions(button(), button("Edit", action_id="edit"), overflow(option("escalate:42:1"), option("claim:42:1"))),
    actions(select(option("open"), option("confirmed"), initial_option=option("open")), block_id="selects"),
]


class Bot:
    """A small real app that approves, edits, and remembers what it heard."""

    def __init__(self, slack: SlackServer) -> None:
        self.slack, self.heard, self.silent = slack, list[Json](), False
        self.web = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        self.app = AsyncApp(client=self.web, signing_secret=slack.signing_secret, ignoring_self_events_enabled=False)
        self.app.action(re.compile(""))(self.on_action)
        self.app.view("edit")(self.on_edit)
        self.app.view_closed("edit")(self.on_anything)
        self.app.command("/candor")(self.on_command)
        for kind in ("message", "app_mention", "reaction_added", "app_home_opened"):
            self.app.event(kind)(self.on_anything)

    async def on_anything(self, ack: AsyncAck, body: Json) -> None:
        self.heard.append(body)
        await ack()

    async def on_action(self, ack: AsyncAck, body: Json) -> None:
        await ack()
        self.heard.append(body)
        if body["actions"][0]["action_id"] == "edit":
            await self.web.views_open(trigger_id=body["trigger_id"], view=EDIT)

    async def on_edit(self, ack: AsyncAck, body: Json) -> None:
        self.heard.append(body)
        values = body["view"]["state"]["values"]
        if "refund" in values["words"]["text"]["value"]:
            await ack(response_action="errors", errors={"words": "no fact says so"})
        elif "!" in values["words"]["text"]["value"] and "override" not in values:
            await ack(response_action="update", view={**EDIT, "blocks": [*EDIT["blocks"], REASON]})
        else:
            await ack()

    async def on_command(self, ack: AsyncAck, body: Json) -> None:
        self.heard.append(body)
        if not self.silent:
            await ack(f"understood: {body['text']}")

    @property
    def pressed(self) -> list[str]:
        """Who pressed what."""
        return [
            f"{body['user']['username']}: {body['actions'][0]['action_id']}" for body in self.heard if "actions" in body
        ]

    @property
    def events(self) -> list[Json]:
        """What happened, without the wrapping."""
        return [body["event"] for body in self.heard if "event" in body]

    async def card(self, channel: str = DESK, **more: Any) -> Message:
        """Post a card, and find it on the other side."""
        posted = await self.web.chat_postMessage(channel=channel, text="Draft", blocks=CARD, **more)
        card = self.slack.workspace.message(posted["channel"], posted["ts"])
        assert card is not None
        return card


@asynccontextmanager
async def listening(slack: SlackServer, *, sockets: int = 1, ping: float = 5.0) -> AsyncIterator[Bot]:
    """The bot behind Socket Mode."""
    bot = Bot(slack)
    async with AsyncExitStack() as stack:
        for _ in range(sockets):
            client = AsyncWebClient(token=slack.app_token, base_url=slack.api_url)
            handler = AsyncSocketModeHandler(bot.app, slack.app_token, web_client=client, ping_interval=ping)
            stack.push_async_callback(handler.close_async)
            await handler.connect_async()  # type: ignore[no-untyped-call]
        yield bot


@asynccontextmanager
async def serving(slack: SlackServer) -> AsyncIterator[Bot]:
    """The bot behind signed HTTP."""
    bot = Bot(slack)
    runner = aiohttp_web.AppRunner(bot.app.web_app(path="/slack/events"))
    await runner.setup()
    try:
        await aiohttp_web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.deliver_by_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events", pauses=(0.0, 0.05, 0.05))
        yield bot
    finally:
        await runner.cleanup()


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer.running() as server:
        yield server


@pytest.fixture
def web(slack: SlackServer) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


async def refusal(call: Awaitable[Any]) -> str:
    """The code with which a call was refused."""
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


# Tokens, scopes, arguments


async def test_a_wrong_token_opens_nothing(slack: SlackServer) -> None:
    for token, code in (
        ("xoxb-other", "invalid_auth"),
        ("", "not_authed"),
        (slack.app_token, "not_allowed_token_type"),
    ):
        assert await refusal(AsyncWebClient(token=token, base_url=slack.api_url).auth_test()) == code
    assert await refusal(AsyncWebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.bot_token)) == (
        "not_allowed_token_type"
    )


async def test_auth_test_names_the_bot_and_its_scopes(slack: SlackServer, web: AsyncWebClient) -> None:
    answer = await web.auth_test()

    assert (answer["user_id"], answer["bot_id"]) == ("U0CANDOR", "B0CANDOR")
    assert "chat:write" in answer.headers["X-OAuth-Scopes"]


async def test_a_missing_scope_is_named(slack: SlackServer, web: AsyncWebClient) -> None:
    slack.workspace.scopes -= {"chat:write", "channels:history"}

    with pytest.raises(SlackApiError) as refused:
        await web.chat_postMessage(channel=DESK, text="x")
    assert refused.value.response["needed"] == "chat:write"
    assert await refusal(web.conversations_history(channel=DESK)) == "missing_scope"


async def test_what_is_not_known_is_refused(web: AsyncWebClient) -> None:
    assert await refusal(web.api_call("chat.scheduleMessage", json={})) == "unknown_method"
    assert await refusal(web.chat_postMessage(channel=DESK, text="x", colour="red")) == "invalid_arguments"
    assert await refusal(web.api_call("chat.postMessage", json={"channel": DESK, "text": 42})) == "invalid_arguments"
    assert await refusal(web.api_call("chat.postMessage", json={"text": "x"})) == "invalid_arguments"


async def test_a_form_is_read_like_json(slack: SlackServer, web: AsyncWebClient) -> None:
    form = {"channel": DESK, "text": "x", "unfurl_links": "false", "blocks": '[{"type": "divider"}]'}

    await web.api_call("chat.postMessage", data=form)

    assert slack.cards()[0].blocks[0]["type"] == "divider"
    assert await refusal(web.api_call("chat.postMessage", data={**form, "blocks": "[{"})) == "invalid_blocks_format"


# Posting


async def test_only_channels_with_the_bot_take_its_posts(slack: SlackServer, web: AsyncWebClient) -> None:
    slack.archive("C0FALLBACK")

    for channel, code in (
        ("C0GENERAL", "not_in_channel"),
        ("G0PRIVATE", "channel_not_found"),
        ("C0NOWHERE", "channel_not_found"),
        ("C0FALLBACK", "is_archived"),
    ):
        assert await refusal(web.chat_postMessage(channel=channel, text="x")) == code


async def test_empty_and_endless_posts_are_refused(web: AsyncWebClient) -> None:
    assert await refusal(web.api_call("chat.postMessage", json={"channel": DESK, "text": ""})) == "no_text"
    assert await refusal(web.chat_postMessage(channel=DESK, text="x" * 40_001)) == "msg_too_long"


async def test_every_payload_is_judged_and_nothing_wrong_is_stored(slack: SlackServer, web: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        await web.chat_postMessage(channel=DESK, text="x", blocks=[section("x" * 3001)])

    assert refused.value.response["error"] == "invalid_blocks"
    assert "/blocks/0/text/text" in refused.value.response["response_metadata"]["messages"][0]
    assert slack.posts() == []


async def test_a_card_keeps_its_metadata_and_every_face(slack: SlackServer, web: AsyncWebClient) -> None:
    about = {"event_type": "draft", "event_payload": {"id": "42:1"}}
    posted = await web.chat_postMessage(channel=DESK, text="one", blocks=CARD, metadata=about)

    await web.chat_update(channel=DESK, ts=posted["ts"], text="two", blocks=[section("two")])

    card = slack.cards()[0]
    assert [face["text"] for face in card.versions] == ["one", "two"]
    assert card.metadata == about
    assert "metadata" not in (await web.conversations_history(channel=DESK))["messages"][0]
    assert (await web.conversations_history(channel=DESK, include_all_metadata=True))["messages"][0][
        "metadata"
    ] == about


async def test_half_an_update_loses_the_blocks_or_keeps_the_text(slack: SlackServer, web: AsyncWebClient) -> None:
    ts = (await web.chat_postMessage(channel=DESK, text="one", blocks=CARD))["ts"]

    await web.chat_update(channel=DESK, ts=ts, text="two")
    assert slack.cards()[0].blocks == []

    await web.api_call("chat.update", json={"channel": DESK, "ts": ts, "blocks": CARD})
    assert slack.cards()[0].text == "two"


async def test_only_own_cards_that_are_still_there_can_be_changed(slack: SlackServer, web: AsyncWebClient) -> None:
    ts = (await web.chat_postMessage(channel=DESK, text="x"))["ts"]
    other = slack.say(ALICE, DESK, "hello")

    assert await refusal(web.chat_update(channel=DESK, ts=other.ts, text="y")) == "cant_update_message"
    slack.delete_card(slack.cards()[0])
    assert await refusal(web.chat_update(channel=DESK, ts=ts, text="y")) == "message_not_found"
    assert await refusal(web.chat_getPermalink(channel=DESK, message_ts=ts)) == "message_not_found"
    slack.archive(DESK)
    assert await refusal(web.chat_update(channel=DESK, ts=ts, text="y")) == "is_inactive"
    slack.remove_bot(DESK)
    assert await refusal(web.chat_update(channel=DESK, ts=ts, text="y")) == "not_in_channel"


async def test_an_answer_to_a_deleted_card_leaks_into_the_channel(slack: SlackServer, web: AsyncWebClient) -> None:
    ts = (await web.chat_postMessage(channel=DESK, text="x"))["ts"]
    assert (await web.chat_postMessage(channel=DESK, text="below", thread_ts=ts))["message"]["thread_ts"] == ts
    slack.delete_card(slack.cards()[0])

    leaked = await web.chat_postMessage(channel=DESK, text="leaks", thread_ts=ts)

    assert "thread_ts" not in leaked["message"]
    assert [card.text for card in slack.cards()] == ["leaks"]
    assert len(slack.posts()) == 3


async def test_private_notes_and_direct_messages_reach_one_person(slack: SlackServer, web: AsyncWebClient) -> None:
    await web.chat_postEphemeral(channel=DESK, user=BOB, text="too late")
    direct = (await web.conversations_open(users=ALICE))["channel"]["id"]
    await web.chat_postMessage(channel=direct, text="a nudge")
    await web.chat_postMessage(channel=ALICE, text="another")

    assert [(note.user, note.text) for note in slack.ephemerals] == [(BOB, "too late")]
    assert [message.text for message in slack.posts(direct)] == ["a nudge", "another"]
    slack.channel(DESK).members.discard(BOB)
    assert await refusal(web.chat_postEphemeral(channel=DESK, user=BOB, text="x")) == "user_not_in_channel"


# Reading


async def test_pages_are_short_and_only_the_cursor_tells(slack: SlackServer, web: AsyncWebClient) -> None:
    for number in range(12):
        slack.say(ALICE, DESK, f"post {number}")

    pages = [page["messages"] async for page in await web.conversations_history(channel=DESK, limit=100)]

    assert [len(page) for page in pages] == [5, 5, 2]
    assert pages[0][0]["text"] == "post 11"
    assert await refusal(web.conversations_history(channel=DESK, cursor="nonsense")) == "invalid_cursor"
    assert await refusal(web.conversations_history(channel=DESK, limit=1000)) == "invalid_limit"


async def test_a_thread_is_read_from_its_parent(slack: SlackServer, web: AsyncWebClient) -> None:
    await web.chat_postMessage(channel=DESK, text="card")
    slack.reply_in_thread(ALICE, slack.cards()[0], "shorter please")

    thread = (await web.conversations_replies(channel=DESK, ts=slack.cards()[0].ts))["messages"]

    assert [message["text"] for message in thread] == ["card", "shorter please"]
    assert [message["text"] for message in (await web.conversations_history(channel=DESK))["messages"]] == ["card"]
    assert await refusal(web.conversations_replies(channel=DESK, ts="1.000000")) == "thread_not_found"


async def test_channels_members_and_people_are_described(web: AsyncWebClient) -> None:
    seen = {channel["id"]: channel["is_member"] for channel in (await web.conversations_list())["channels"]}

    assert seen == {"C0CANDOR": True, "C0FALLBACK": True, "C0GENERAL": False}
    assert (await web.conversations_info(channel="C0GENERAL"))["channel"]["is_member"] is False
    assert "U0CANDOR" in (await web.conversations_members(channel=DESK))["members"]
    assert (await web.users_info(user=ALICE))["user"]["real_name"] == "Alice Anderson"
    assert await refusal(web.users_info(user="U0NOBODY")) == "user_not_found"


# People and the bot


async def test_a_click_carries_the_real_card(slack: SlackServer) -> None:
    async with listening(slack) as bot:
        card = await bot.card()

        clicked = await slack.click(ALICE, card, "approve")

        assert clicked.ack is not None
        assert clicked.ack.delay < 0.5
        body = next(body for body in bot.heard if "actions" in body)
        assert body["actions"][0]["value"] == "42:1"
        assert body["container"]["message_ts"] == body["message"]["ts"] == card.ts
        assert (body["user"]["id"], body["team"]["id"]) == (ALICE, "T0CANDOR")
        with pytest.raises(NotThere):
            await slack.click(ALICE, card, "approve_batch")


async def test_menus_and_selects_carry_the_chosen_option(slack: SlackServer) -> None:
    async with listening(slack) as bot:
        card = await bot.card()

        await slack.click(ALICE, card, "escalate")
        await slack.select(ALICE, card, "fault", "confirmed")

        menu, fault = [body for body in bot.heard if "actions" in body]
        assert menu["actions"][0]["selected_option"]["value"] == "escalate:42:1"
        assert fault["state"]["values"]["selects"]["fault"]["selected_option"]["value"] == "confirmed"


async def test_a_double_click_and_two_people_all_arrive(slack: SlackServer) -> None:
    async with listening(slack) as bot:
        card = await bot.card()

        await asyncio.gather(*(slack.click(person, card, "approve") for person in (ALICE, ALICE, BOB)))

        assert sorted(bot.pressed) == ["alice: approve", "alice: approve", "bob: approve"]


async def test_a_card_that_was_replaced_can_still_be_clicked_in_its_old_face(slack: SlackServer) -> None:
    async with listening(slack) as bot:
        card = await bot.card()
        await bot.web.chat_update(channel=DESK, ts=card.ts, text="sent", blocks=[section("sent")])

        with pytest.raises(NotThere):
            await slack.click(ALICE, card, "approve")
        await slack.click(ALICE, card, "approve", face=0)

        assert bot.pressed == ["alice: approve"]


async def test_a_trigger_is_good_for_three_seconds_and_one_modal(slack: SlackServer, web: AsyncWebClient) -> None:
    trigger = slack.workspace.new_trigger(ALICE)
    await web.views_open(trigger_id=trigger, view=EDIT)
    late = slack.workspace.new_trigger(ALICE)
    slack.pass_time(3.1)

    assert await refusal(web.views_open(trigger_id=trigger, view=EDIT)) == "exchanged_trigger_id"
    assert await refusal(web.views_open(trigger_id=late, view=EDIT)) == "expired_trigger_id"
    assert await refusal(web.views_open(trigger_id="1.2.3", view=EDIT)) == "invalid_trigger_id"


async def test_an_edit_is_refused_then_held_back_then_sent(slack: SlackServer) -> None:
    async with listening(slack) as bot:
        await slack.click(ALICE, await bot.card(), "edit")
        view = await slack.until(lambda: slack.view(ALICE))

        refused = await slack.submit(ALICE, view, {"words": {"text": "a refund"}})
        held_back = await slack.submit(ALICE, view, {"words": {"text": "Sorry!"}})
        sent = await slack.submit(ALICE, view, {"override": {"text": "they asked for it"}})

        assert (refused.action, refused.errors) == ("errors", {"words": "no fact says so"})
        assert held_back.action == "update"
        assert sent.action == "close"
        assert bot.heard[-1]["view"]["state"]["values"]["words"]["text"]["value"] == "Sorry!"
        assert bot.heard[-1]["view"]["private_metadata"] == "42:1"
        assert slack.view(ALICE) is None
        assert (await slack.submit(ALICE, view)).action == "trouble"


async def test_slack_itself_holds_back_empty_and_overlong_fields(slack: SlackServer, web: AsyncWebClient) -> None:
    await web.views_open(trigger_id=slack.workspace.new_trigger(ALICE), view=EDIT)
    view = slack.views[0]

    for words in ("", "x" * 21):
        with pytest.raises(CannotSend):
            await slack.submit(ALICE, view, {"words": {"text": words}})
    with pytest.raises(NotThere):
        await slack.submit(ALICE, view, {"reason": {"text": "x"}})


async def test_a_modal_is_judged_and_its_hash_guards_it(slack: SlackServer, web: AsyncWebClient) -> None:
    opened = (await web.views_open(trigger_id=slack.workspace.new_trigger(ALICE), view=EDIT))["view"]
    await web.views_update(view_id=opened["id"], hash=opened["hash"], view=EDIT)

    assert await refusal(web.views_update(view_id=opened["id"], hash=opened["hash"], view=EDIT)) == "hash_conflict"
    trigger = slack.workspace.new_trigger(ALICE)
    assert await refusal(web.views_open(trigger_id=trigger, view=modal(title=plain("x" * 25)))) == "invalid_arguments"
    large = modal(*[section("ü" * 3000) for _ in range(50)])
    assert await refusal(web.views_open(trigger_id=trigger, view=large)) == "view_too_large"
    await slack.close(slack.views[0])
    assert await refusal(web.views_update(view_id=opened["id"], view=EDIT)) == "not_found"


async def test_the_bot_hears_of_a_closed_modal_only_when_it_asked(slack: SlackServer) -> None:
    async with listening(slack) as bot:
        for wants in (False, True):
            view = {**EDIT, "notify_on_close": wants}
            await bot.web.views_open(trigger_id=slack.workspace.new_trigger(ALICE), view=view)
            await slack.close(slack.views[-1])

        assert [body["type"] for body in bot.heard] == ["view_closed"]


async def test_commands_homes_mentions_and_reactions_reach_the_bot(slack: SlackServer) -> None:
    async with listening(slack) as bot:
        await slack.command(ALICE, "/candor", "pause")
        slack.open_home(BOB)
        slack.react(ALICE, slack.say(BOB, DESK, "<@U0CANDOR> help"), "eyes")
        await bot.web.views_publish(user_id=BOB, view={"type": "home", "blocks": [section("nothing waits")]})

        await slack.until(lambda: len(bot.events) == 4)

    assert slack.ephemerals[0].text == "understood: pause"
    assert {event["type"] for event in bot.events} == {"app_home_opened", "message", "app_mention", "reaction_added"}
    assert slack.home(BOB) is not None


async def test_own_posts_come_back_as_events(slack: SlackServer) -> None:
    async with listening(slack) as bot:
        card = await bot.card()
        await bot.web.chat_update(channel=DESK, ts=card.ts, text="sent", blocks=[section("sent")])
        slack.delete_card(card)

        await slack.until(lambda: len(bot.events) == 3)

    assert bot.events[0]["bot_id"] == "B0CANDOR"
    assert [event.get("subtype") for event in bot.events] == [None, "message_changed", "message_deleted"]


async def test_a_response_address_takes_five_answers(slack: SlackServer) -> None:
    async with listening(slack) as bot:
        await slack.click(ALICE, await bot.card(), "approve")
        address = next(body for body in bot.heard if "actions" in body)["response_url"]

        statuses = [(await _post(address, {"text": f"note {number}"})) for number in range(6)]

    assert statuses == [200] * 5 + [404]
    assert len(slack.ephemerals) == 5


async def _post(address: str, body: Json) -> int:
    async with ClientSession() as http, http.post(address, json=body) as answer:
        return answer.status


# Faults


async def test_a_busy_slack_names_the_seconds(slack: SlackServer, web: AsyncWebClient) -> None:
    slack.fault_next("chat.postMessage", retry_after=7)

    with pytest.raises(SlackApiError) as refused:
        await web.chat_postMessage(channel=DESK, text="x")

    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "7")
    web.retry_handlers.append(AsyncRateLimitErrorRetryHandler())
    slack.workspace.post_interval = 0.5
    await web.chat_postMessage(channel=DESK, text="one")
    await web.chat_postMessage(channel=DESK, text="two")
    assert [call.error for call in slack.calls] == ["fault", None, "ratelimited", None]


async def test_a_server_error_stores_nothing(slack: SlackServer, web: AsyncWebClient) -> None:
    slack.fault_next("chat.*", status=500)
    slack.fault_next("chat.*", error="fatal_error")

    with pytest.raises(SlackApiError, match="500"):
        await web.chat_postMessage(channel=DESK, text="x")
    assert await refusal(web.chat_postMessage(channel=DESK, text="x")) == "fatal_error"
    assert slack.posts() == []


async def test_a_cut_comes_before_or_after_the_effect(slack: SlackServer, web: AsyncWebClient) -> None:
    for side, stored in (("before", 0), ("after", 1)):
        slack.fault_next("chat.postMessage", cut=side)

        with pytest.raises(ClientConnectionError):
            await web.chat_postMessage(channel=DESK, text="x")

        assert len(slack.posts()) == stored


async def test_the_default_client_posts_twice_when_an_answer_is_lost(slack: SlackServer) -> None:
    slack.fault_next("chat.postMessage", cut="after")

    await AsyncWebClient(token=slack.bot_token, base_url=slack.api_url).chat_postMessage(channel=DESK, text="x")

    assert len(slack.posts()) == 2


async def test_a_slow_answer_outlasts_the_client(slack: SlackServer) -> None:
    slack.fault_next("chat.postMessage", delay=0.3, after=True)
    hasty = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    hasty.timeout = 0.1  # type: ignore[assignment]

    with pytest.raises(TimeoutError):
        await hasty.chat_postMessage(channel=DESK, text="x")

    assert len(slack.posts()) == 1


# Socket Mode


async def test_each_click_goes_to_exactly_one_socket(slack: SlackServer) -> None:
    async with listening(slack, sockets=2) as bot:
        card = await bot.card()

        for _ in range(4):
            await slack.click(ALICE, card, "approve")

        assert len(bot.pressed) == 4
        shares = [set(socket.received) for socket in slack.sockets.open]
        assert all(shares)
        assert shares[0].isdisjoint(shares[1])


async def test_what_is_not_acknowledged_comes_again() -> None:
    async with SlackServer.running(patience=0.2) as slack, listening(slack) as bot:
        bot.silent = True
        command = await slack.command(ALICE, "/candor", "pause")
        bot.silent = False

        await slack.until(lambda: command.ack)

        assert [body["text"] for body in bot.heard] == ["pause", "pause"]
        assert command.attempts == 2
        assert slack.acks[0].delay > 0.2


async def test_a_click_without_a_socket_is_lost_and_an_event_waits() -> None:
    async with SlackServer.running(patience=0.05) as slack:
        bot = Bot(slack)
        clicked = await slack.click(ALICE, await bot.card(), "approve")
        slack.open_home(ALICE)
        await asyncio.sleep(0.3)

        async with listening(slack) as bot:
            await slack.until(lambda: bot.events)

        assert clicked.lost
        assert bot.pressed == []


async def test_after_a_disconnect_frame_the_bot_comes_back(slack: SlackServer) -> None:
    async with listening(slack, ping=0.2) as bot:
        card = await bot.card()
        await slack.disconnect_frame()

        await slack.until(lambda: slack.sockets.open)
        await slack.click(ALICE, card, "approve")

        assert bot.pressed == ["alice: approve"]


@pytest.mark.parametrize("silent", [False, True])
async def test_after_a_broken_socket_the_bot_comes_back(*, silent: bool) -> None:
    async with SlackServer.running(patience=0.3) as slack, listening(slack, ping=0.1) as bot:
        card = await bot.card()
        await slack.drop_sockets(silent=silent)

        await slack.until(lambda: any(not socket.silent for socket in slack.sockets.open))
        clicked = await slack.click(ALICE, card, "approve")
        await slack.until(lambda: clicked.ack)

        assert bot.pressed == ["alice: approve"]


async def test_a_connection_address_opens_one_socket(slack: SlackServer) -> None:
    opened = await AsyncWebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app_token)
    address = opened["url"].replace("ws://", "http://")

    assert await _get(address + "0") == 401
    slack.pass_time(31)
    assert await _get(address) == 401


async def _get(address: str) -> int:
    async with ClientSession() as http, http.get(address) as answer:
        return answer.status


# Signed HTTP


async def test_by_http_the_same_people_reach_the_same_bot(slack: SlackServer) -> None:
    async with serving(slack) as bot:
        assert slack.webhooks is not None
        assert await slack.webhooks.verify_url()
        card = await bot.card()
        await slack.click(ALICE, card, "edit")
        view = await slack.until(lambda: slack.view(ALICE))

        seen = await slack.submit(ALICE, view, {"words": {"text": "a refund"}})
        await slack.command(ALICE, "/candor", "open")

        assert seen.errors == {"words": "no fact says so"}
        assert slack.ephemerals[0].text == "understood: open"
        await slack.until(lambda: bot.events)


async def test_a_bot_must_refuse_what_is_not_signed_well(slack: SlackServer) -> None:
    async with serving(slack) as bot:
        assert slack.webhooks is not None
        card = await bot.card()
        for slack.webhooks.signing in ("forged", "old", "unsigned"):
            clicked = await slack.click(ALICE, card, "approve")
            assert [posted.status for posted in slack.webhooks.posted if posted.envelope_id == clicked.id] == [401]

        assert bot.pressed == []


async def test_by_http_an_event_comes_again_with_its_number(slack: SlackServer) -> None:
    headers = []

    async def answer(request: aiohttp_web.Request) -> aiohttp_web.Response:
        headers.append((request.headers.get("x-slack-retry-num"), request.headers.get("x-slack-retry-reason")))
        return aiohttp_web.Response(status=200 if len(headers) == 3 else 500)

    app = aiohttp_web.Application()
    app.router.add_post("/", answer)
    async with TestServer(app) as server:
        slack.deliver_by_http(str(server.make_url("/")), pauses=(0.0, 0.01, 0.01))
        slack.open_home(ALICE)
        await slack.until(lambda: slack.acks)

    assert headers == [(None, None), ("1", "http_error"), ("2", "http_error")]


# A process of its own


@asynccontextmanager
async def alone() -> AsyncIterator[tuple[dict[str, str], ClientSession]]:
    """The server as a child process: the settings that it printed, and a way to its control address."""
    command = [sys.executable, "-m", "tests.counterparts.slack_server", "--port", "0", "--patience", "0.3"]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        lines = [(await process.stdout.readline()).decode().strip() for _ in range(5)]
        settings = dict(line.split("=", 1) for line in lines)
        async with ClientSession(settings["SLACK_API_URL"].removesuffix("api/")) as http:
            yield settings, http
    finally:
        process.terminate()
        await process.communicate()


async def test_as_a_process_it_is_driven_through_its_control_address() -> None:
    async with alone() as (settings, http):
        web = AsyncWebClient(token=settings["SLACK_BOT_TOKEN"], base_url=settings["SLACK_API_URL"], retry_handlers=[])
        posted = await web.chat_postMessage(channel=settings["SLACK_CHANNEL"], text="Draft", blocks=CARD)

        async def control(verb: str, **arguments: Any) -> tuple[int, Json]:
            async with http.post(f"/__control/{verb}", json=arguments) as answer:
                return answer.status, await answer.json()

        clicked = await control("click", user=ALICE, card=posted["ts"], action_id="approve")
        absent = await control("click", user=ALICE, card=posted["ts"], action_id="pause")
        unknown = await control("stop")
        await control("reply_in_thread", user=ALICE, card=posted["ts"], text="shorter")
        await control("fault_next", method="chat.update", status=500)
        await control("set", scopes=["chat:write"])
        async with http.get("/__control/state") as answer:
            state = await answer.json()

    assert (clicked[0], clicked[1]["lost"]) == (200, True)
    assert (absent[0], unknown[0]) == (409, 400)
    assert [message["text"] for message in state["messages"][DESK]] == ["Draft", "shorter"]
    assert (len(state["posts"][DESK]), state["sockets"], state["acks"]) == (1, 0, [])
