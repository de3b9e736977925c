"""Publish: say approved words in public at most once; in doubt look, then ask a person."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.core.attempt import Sent
from bot.core.promise import promises_in
from bot.core.why import Why
from bot.errors import NeedsLogin, NotSent, OutcomeUnknown, Refused
from bot.pipeline.nudging import Nudging

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.attempt import Attempt, OutcomeKind
    from bot.core.question import Question
    from bot.pipeline.ports import Channel, Rows

log = logging.getLogger("candor.pipeline")

TRIES_AT_ONCE = 3
"""Tries within one job when the channel proves that nothing was accepted; later ones are the sweeper's."""
LONGEST_WAIT_AT_ONCE = 30.0
"""Seconds that one job waits for a channel that asked for patience."""
NEXT_TRY = timedelta(minutes=1)
PAUSED_LOOK = timedelta(seconds=5)
LOGIN_LOOK = timedelta(minutes=5)
_AGAIN_IN: Mapping[OutcomeKind, timedelta] = {"needs_login": LOGIN_LOOK, "not_there": NEXT_TRY}
"""When the sweeper looks after what was proved not to stand there, should its job be lost."""


class Publishing(Nudging):
    """From a decision to one reply below the right post."""

    async def publish(self, question: int, version: int) -> None:
        """Say it; each try is a row before the call and another after it. Safe to run twice, at any time."""
        for _ in range(TRIES_AT_ONCE):
            step = await asyncio.to_thread(self._next_try, question, version)
            if step is None:
                return
            wait = await self._try(*step)
            if wait is None or wait > LONGEST_WAIT_AT_ONCE:
                return
            await self.sleep(wait)

    def _next_try(self, number: int, version: int) -> tuple[Attempt, bool] | None:
        """The attempt to make now, written down; nothing when it must wait, went out, or is no longer right."""
        self.reached("publish: before the attempt row")
        with self.history.together() as rows:
            question = rows.question(number)
            if question is None or any(reply.version == version for reply in question.said):
                return None
            if rows.paused:
                rows.hold(number, version, rows.now + PAUSED_LOOK)
                self._changed(rows, number)
                return None
            step = rows.next_attempt(number, version)
            if step is not None and step[1] and (why := self._no_longer_right(question, version)):
                self._withdraw(rows, question, step[0], why)
                step = None
            self.reached("publish: before the attempt commits")
        self.reached("publish: attempt kept")
        return step

    def _no_longer_right(self, question: Question, version: int) -> str | None:
        """Why these words must not go out any more, as far as we heard."""
        draft = question.draft
        if draft is None or draft.version != version or draft.covers < question.newest_number:
            return Why.customer_wrote_again()
        if question.stale:  # after a decision nobody may wish for other words: somebody answered by hand
            return Why.colleague_answered()
        return None

    def _withdraw(self, rows: Rows, question: Question, attempt: Attempt, why: str) -> None:
        """Nothing is sent: the question goes back to people with a new draft."""
        rows.close_attempt(attempt.number, "withdrawn", by="candor", why=why)
        self._changed(rows, question.number, first=True)

    async def _try(self, attempt: Attempt, first: bool) -> float | None:  # noqa: FBT001  # a pair from one row
        """One call to the world, and its outcome as a row; seconds until the next try, or None when there is none now."""
        channel = self._channel_of(attempt)
        self.reached("publish: before the call")
        try:
            sent = await (channel.publish(attempt) if first else channel.find(attempt))
        except NotSent as error:
            return await self._not_sent(attempt, error)
        except Refused as error:
            await self._closed(attempt, "refused", error.why)
        except NeedsLogin as error:
            await self._closed(attempt, "needs_login", error.why)
            await self._alarm_once(attempt.channel, error.why)
        except OutcomeUnknown as error:
            await self._closed(attempt, "unknown", error.why)
        else:
            self.reached("publish: sent")
            if not attempt.replayed:
                self.health.well(attempt.channel, "replies")
            if sent is not None:
                await asyncio.to_thread(self._keep_sent, attempt, sent)
                self.reached("publish: outcome kept")
            else:
                await self._closed(attempt, "not_there", "looked: it is not there")
                return 0.0
        return None

    async def _alarm_once(self, channel: str, why: str) -> None:
        """A key that no longer fits is told once, until something goes out again."""
        before = self.health.on(channel, "replies")
        self.health.ill(channel, "replies", why)
        if before is None or not before.why:
            await self.alarm(Why.replies_held(channel=channel, because=why))

    def _channel_of(self, attempt: Attempt) -> Channel:
        """Replayed posts are answered into the outbox; a channel that is not connected needs a login."""
        if attempt.replayed:
            return self.outbox
        return self.channels.get(attempt.channel, _NotConnected(attempt.channel))

    async def _not_sent(self, attempt: Attempt, error: NotSent) -> float:
        """Proved that nothing was accepted: try again after the asked time, with jitter."""
        wait = error.retry_after + self.jitter()
        again_in = timedelta(seconds=wait) if wait > LONGEST_WAIT_AT_ONCE else NEXT_TRY
        await asyncio.to_thread(self._close, attempt, "not_sent", error.why, again_in)
        return wait

    async def _closed(self, attempt: Attempt, kind: OutcomeKind, why: str) -> None:
        log.warning("attempt %d of question %d: %s", attempt.number, attempt.question, kind)
        await asyncio.to_thread(self._close, attempt, kind, why, _AGAIN_IN.get(kind))

    def _close(self, attempt: Attempt, kind: OutcomeKind, why: str, again_in: timedelta | None) -> None:
        with self.history.together() as rows:
            rows.close_attempt(attempt.number, kind, why=why, again_at=rows.now + again_in if again_in else None)
            self._changed(rows, attempt.question, first=True)

    def _keep_sent(self, attempt: Attempt, sent: Sent) -> None:
        with self.history.together() as rows:
            self._said(rows, attempt, sent)
            rows.close_attempt(attempt.number, "sent")
            self._changed(rows, attempt.question, first=True)
            self.reached("publish: before the outcome commits")

    def _said(self, rows: Rows, attempt: Attempt, sent: Sent | None) -> None:
        """The reply stands: remember it, what it promised, and that everything it answers has its ending.

        To be called before the outcome is kept: after it, a newer draft would be what the question is about.
        """
        question, covered = rows.question(attempt.question), rows.covered(attempt.question, attempt.version)
        outbox = attempt.replayed
        rows.keep_reply(attempt, sent or Sent(id=f"unseen:{attempt.number}"), outbox=outbox)
        owner = question.ruling.by[0] if question and question.ruling else "candor"
        promises = promises_in(attempt.text)
        rows.keep_promises(attempt.question, attempt.version, promises, owner=owner, due_in=self.house.promise_within)
        rows.end(attempt.question, covered, "published", attempt.version)
        if question and question.newest_number > covered:
            # Whatever was drafted while this was on its way answers once more what is answered now.
            self._draft_anew(rows, question, why="answered", by="candor")

    def _promise_to_publish(self, rows: Rows, question: int, version: int, turn: str) -> None:
        self.jobs.enqueue(rows, "publish", f"publish:{question}:{version}:{turn}", question, version)


class _NotConnected:
    """A channel whose token is not set: its replies are held until it is."""

    def __init__(self, name: str) -> None:
        self.name = name

    async def publish(self, attempt: Attempt) -> Sent:
        raise NeedsLogin(Why.not_connected(channel=self.name, attempt=attempt.number))

    async def find(self, attempt: Attempt) -> Sent | None:
        raise OutcomeUnknown(Why.not_connected_look(channel=self.name, attempt=attempt.number))
