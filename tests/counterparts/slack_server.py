"""A strict Slack on this machine: Web API, Socket Mode and signed HTTP, people who click, and faults on demand.

In a test: `async with SlackServer.running() as slack:`. As a process of its own:
`python -m tests.counterparts.slack_server --port 3900`, driven through `POST /__control/<verb>`.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from aiohttp import web

from tests.counterparts.slack_api import APP_TOKEN, BOT_TOKEN
from tests.counterparts.slack_chat import take_away
from tests.counterparts.slack_control import add_control
from tests.counterparts.slack_envelope import event
from tests.counterparts.slack_faults import Fault, Faults
from tests.counterparts.slack_http import LARGEST_BODY, Call, Door
from tests.counterparts.slack_people import People
from tests.counterparts.slack_sockets import Sockets
from tests.counterparts.slack_webhooks import SIGNING_SECRET, Webhooks
from tests.counterparts.slack_workspace import BOT_USER, Channel, Ephemeral, Json, Message, View, Workspace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

Found = TypeVar("Found")

EVENT_SCOPES = {"app_mention": "app_mentions:read", "reaction_added": "reactions:read", "message": "*:history"}


class SlackServer(People):
    """The whole counterpart; what people do is inherited, what a test wants to see or break is here."""

    bot_token, app_token, signing_secret = BOT_TOKEN, APP_TOKEN, SIGNING_SECRET

    def __init__(self, *, patience: float = 3.0) -> None:
        super().__init__(Workspace(), patience=patience)
        self.faults = Faults()
        self.door = Door(self.workspace, self.faults)
        self.sockets = Sockets(self.workspace, self.acks, patience=patience)
        self.webhooks: Webhooks | None = None
        self.delivery = self.sockets
        self.workspace.emit = self._emit

    @classmethod
    @asynccontextmanager
    async def running(cls, *, port: int = 0, patience: float = 3.0) -> AsyncIterator[SlackServer]:
        """Serve on 127.0.0.1 until the block ends; `patience` is the time for a receipt, in seconds."""
        slack = cls(patience=patience)
        runner = web.AppRunner(slack.app(), shutdown_timeout=0.2)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            slack.workspace.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield slack
        finally:
            await slack.stop()
            await runner.cleanup()

    def app(self) -> web.Application:
        """The addresses, as an application."""
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_route("*", "/api/{method}", self.door.api)
        app.router.add_post("/hooks/{key}", self.door.hook)
        app.router.add_get("/link/", self.sockets.connect)
        add_control(app, self)
        return app

    async def stop(self) -> None:
        """Cut every socket and forget what is still on its way."""
        self.sockets.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def api_url(self) -> str:
        """The base address of the Web API, ending in `/api/`."""
        return f"{self.workspace.base_url}/api/"

    @property
    def calls(self) -> list[Call]:
        """Every call of the Web API, refused ones included."""
        return self.door.calls

    @property
    def ephemerals(self) -> list[Ephemeral]:
        """Every private note, the oldest first."""
        return self.workspace.ephemerals

    @property
    def views(self) -> list[View]:
        """Every modal that was ever opened, the newest last."""
        return list(self.workspace.views.values())

    def view(self, user: str) -> View | None:
        """The modal on top of a person's screen."""
        return next((view for view in reversed(self.views) if view.user == user and view.is_open), None)

    def home(self, user: str) -> View | None:
        """A person's App Home, once it was published."""
        return self.workspace.homes.get(user)

    def channel(self, name: str = "C0CANDOR") -> Channel:
        """A channel by its id: C0CANDOR and C0FALLBACK hold the bot, C0GENERAL and G0PRIVATE do not."""
        return self.workspace.channels[name]

    def posts(self, channel: str = "C0CANDOR") -> list[Message]:
        """Every post of the bot that was stored in a channel, thread answers and deleted ones included."""
        return [message for message in self.channel(channel).messages if message.by_bot]

    def cards(self, channel: str = "C0CANDOR") -> list[Message]:
        """The bot's posts that stand in a channel now, threads left out."""
        return [message for message in self.posts(channel) if not message.deleted and message.thread_ts is None]

    def thread(self, card: Message) -> list[Message]:
        """What was answered below a card."""
        return [message for message in self.channel(card.channel).messages if message.thread_ts == card.ts]

    def archive(self, channel: str) -> None:
        """Archive a channel."""
        self.channel(channel).archived = True

    def remove_bot(self, channel: str) -> None:
        """Take the bot out of a channel."""
        left = {
            "type": "member_left_channel",
            "user": BOT_USER,
            "channel": channel,
            "event_ts": self.workspace.next_ts(),
        }
        self._emit(left, None)
        self.channel(channel).members.discard(BOT_USER)

    def delete_card(self, card: Message) -> None:
        """Somebody deletes a post of the bot."""
        take_away(self.workspace, card)

    def pass_time(self, seconds: float) -> None:
        """Set the server's clock forward: triggers and response addresses grow old at once."""
        self.workspace.skipped += seconds

    def fault_next(self, method: str = "*", **how: Any) -> None:
        """Break the next calls of a method; the ways are the fields of Fault."""
        self.faults.coming.append(Fault(method=method, **how))

    async def drop_sockets(self, *, silent: bool = False) -> None:
        """Cut every socket, or let every socket go dumb without a word."""
        await self.sockets.drop(silent=silent)

    async def disconnect_frame(self, reason: str = "refresh_requested") -> None:
        """Ask the app to come back on a new socket."""
        await self.sockets.ask_to_leave(reason)

    def deliver_by_http(self, url: str, *, pauses: Sequence[float] = (0.0, 60.0, 300.0)) -> Webhooks:
        """From now on post signed requests to the app; events come again after these pauses."""
        self.delivery = self.webhooks = Webhooks(url, self.acks, patience=self.patience, pauses=pauses)
        return self.webhooks

    async def until(self, condition: Callable[[], Found | None], seconds: float = 5.0) -> Found:
        """Wait until something is so, and give it back."""
        give_up = time.monotonic() + seconds
        while not (found := condition()):
            if time.monotonic() > give_up:
                raise AssertionError(f"did not happen within {seconds} seconds; last calls: {self.calls[-3:]}")
            await asyncio.sleep(0.005)
        return found

    def _emit(self, happened: Json, channel: Channel | None) -> None:
        """Events reach the app only where it is a member and was given the scope."""
        scope = EVENT_SCOPES.get(happened["type"], "").replace("*", channel.kind if channel else "")
        if (channel and BOT_USER not in channel.members) or (scope and scope not in self.workspace.scopes):
            return
        envelope = event(happened, now=self.workspace.now())
        self.sent.append(envelope)
        self.start(self.delivery.send(envelope))


async def serve(port: int, *, patience: float) -> None:
    """Run as a process of its own until it is told to stop, and print what the bot needs."""
    async with SlackServer.running(port=port, patience=patience) as slack:
        for name, value in (
            ("SLACK_API_URL", slack.api_url),
            ("SLACK_BOT_TOKEN", slack.bot_token),
            ("SLACK_APP_TOKEN", slack.app_token),
            ("SLACK_SIGNING_SECRET", slack.signing_secret),
            ("SLACK_CHANNEL", "C0CANDOR"),
        ):
            sys.stdout.write(f"{name}={value}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="A strict Slack on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=3900, help="0 takes a free one")
    parser.add_argument("--patience", type=float, default=3.0, help="seconds until an envelope comes again")
    given = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(given.port, patience=given.patience))


if __name__ == "__main__":
    main()
