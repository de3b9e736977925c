"""Every call we make to Slack: never repeated by the library, new posts one at a time, failures told plainly."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.approvals.slack.addresses import place_from, place_of
from bot.approvals.slack.outcomes import Gone, told
from bot.core.why import Why
from bot.errors import NeedsLogin, NotSent, Refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from slack_sdk.web.async_slack_response import AsyncSlackResponse

    from bot.approvals.slack.blocks import Json
    from bot.approvals.slack.card import Card
    from bot.approvals.slack.pacing import Pacer

_CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{6,}")
_PAGE = 200
_MOST_PAGES = 50
_TIMEOUT_SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Self:
    """Who we are in Slack."""

    team: str
    user: str
    bot: str
    url: str
    """The workspace's address, ending in a slash."""


class Wire:
    """Slack's Web API, as far as we use it."""

    def __init__(self, token: str, api_url: str, *, pacer: Pacer, sleep: Callable[[float], Awaitable[None]]) -> None:
        logging.getLogger("slack_sdk").setLevel(logging.WARNING)  # below that it writes down whole cards and posts
        # A retry of the library after a lost answer would hang a second card without an error: we repeat ourselves.
        self.client = AsyncWebClient(token=token, base_url=api_url, timeout=_TIMEOUT_SECONDS, retry_handlers=[])
        self._pacer, self._sleep = pacer, sleep
        self._self: Self | None = None
        self._channels: dict[str, str] = {}

    async def who(self) -> Self:
        """Our own workspace, user and bot id; asked once."""
        if self._self is None:
            answer: Any = await told(self.client.auth_test())
            self._self = Self(
                team=answer["team_id"], user=answer["user_id"], bot=answer.get("bot_id", ""), url=answer.get("url", "")
            )
        return self._self

    async def may_listen(self, app_token: str) -> None:
        """Ask for a line once: the library would knock with a dead token for ever. Raises NeedsLogin with the mend."""
        try:
            await told(self.client.apps_connections_open(app_token=app_token))
        except NeedsLogin as error:
            raise NeedsLogin(Why.slack_app_key()) from error

    def address(self, channel: str, ts: str) -> str | None:
        """The address of a post, put together without asking Slack; nothing before `who` was answered."""
        if self._self is None or not self._self.url or not ts:
            return None
        return f"{self._self.url}archives/{channel}/p{ts.replace('.', '')}"

    async def channel_id(self, name: str) -> str:
        """The id of a channel that a setting calls by id or by name; raises Refused with the mend."""
        if _CHANNEL_ID.fullmatch(name):
            return name
        if name not in self._channels:
            self._channels[name] = await self._look_up(name.lstrip("#"))
        return self._channels[name]

    async def post(self, channel: str, card: Card) -> str:
        """Hang up a card, and say where it hangs."""
        return await self._post(channel, text=card.text, blocks=list(card.blocks), metadata=card.metadata)

    async def answer(self, place: str, face: Card) -> str:
        """Post below a card, behind everything that matters more; raises Gone where no card hangs any more."""
        channel, ts = place_from(place)
        async with self._pacer.turn_behind(channel):
            said: Any = await told(
                self.client.chat_postMessage(
                    channel=channel, thread_ts=ts, text=face.text, blocks=list(face.blocks), metadata=face.metadata,
                    unfurl_links=False, unfurl_media=False,
                )
            )  # fmt: skip
        if not said["message"].get("thread_ts"):  # an answer to a card that was deleted lands in the channel
            await told(self.client.chat_delete(channel=said["channel"], ts=said["ts"]))
            raise Gone("message_not_found")
        return place_of(said["channel"], said["ts"])

    async def say(self, channel: str, text: str) -> str:
        """Post one line of our own to everybody in the channel."""
        return await self._post(channel, text=text)

    async def alone_with(self, account: str) -> str:
        """The id of the direct chat with one person."""
        opened: Any = await told(self.client.conversations_open(users=account))
        return str(opened["channel"]["id"])

    async def update(self, place: str, card: Card) -> None:
        """Give a card its new face: always text and blocks, half an update would keep or drop the other half."""
        channel, ts = place_from(place)
        face: Json = {"text": card.text, "blocks": list(card.blocks), "metadata": card.metadata}
        await told(self.client.chat_update(channel=channel, ts=ts, **face))

    async def whisper(self, channel: str, account: str, text: str) -> None:
        """Tell one person alone; once more when Slack asks us to wait, since a click must never end in silence."""
        try:
            await told(self.client.chat_postEphemeral(channel=channel, user=account, text=text))
        except NotSent as error:
            await self._sleep(error.retry_after)
            await told(self.client.chat_postEphemeral(channel=channel, user=account, text=text))

    async def open(self, trigger: str, view: Json) -> None:
        """Show a modal; the trigger is good for three seconds and one window."""
        await told(self.client.views_open(trigger_id=trigger, view=view))

    async def publish(self, account: str, view: Json) -> None:
        """Draw one person's App Home; raises Refused with the mend where the app has none."""
        try:
            await told(self.client.views_publish(user_id=account, view=view))
        except Refused as error:
            raise Refused(f"{error}; switch the Home tab on under App Home") from error

    async def history(self, channel: str, *, oldest: float) -> AsyncIterator[Json]:
        """What stands in a channel since then, newest first, with metadata."""
        look = partial(self.client.conversations_history, channel=channel, oldest=f"{oldest:.6f}")
        async for post in self._pages(look):
            yield post

    async def thread(self, place: str) -> AsyncIterator[Json]:
        """The card at a place and what stands below it, with metadata; raises Gone when it is not there."""
        channel, ts = place_from(place)
        async for post in self._pages(partial(self.client.conversations_replies, channel=channel, ts=ts)):
            yield post

    async def _pages(self, look: Callable[..., Awaitable[AsyncSlackResponse]]) -> AsyncIterator[Json]:
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            page: Any = await told(look(limit=_PAGE, cursor=cursor, include_all_metadata=True))
            for post in page.get("messages", []):
                yield post
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    async def _post(self, channel: str, **face: Any) -> str:  # noqa: ANN401  # Slack's own fields
        where = await self.channel_id(channel)
        async with self._pacer.turn(where):
            said: Any = await told(
                self.client.chat_postMessage(channel=where, unfurl_links=False, unfurl_media=False, **face)
            )
        return place_of(said["channel"], said["ts"])

    async def _look_up(self, name: str) -> str:
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            page: Any = await told(
                self.client.conversations_list(
                    types="public_channel,private_channel", exclude_archived=True, limit=_PAGE, cursor=cursor
                )
            )
            found = next((room["id"] for room in page["channels"] if room["name"] == name), None)
            if found:
                return str(found)
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
        raise Refused(f"Slack: no channel is called #{name}, or the bot cannot see it; set SLACK_CHANNEL to its id")
