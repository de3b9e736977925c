"""Each room that the settings ask for, made of them; a vendor's library is loaded only when its token is set."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING

from bot.channels.outbox import Outbox
from bot.drafting.drafters import drafter_of
from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.app.house import OpenHouse
    from bot.approvals.slack.room import SlackRoom
    from bot.channels.telegram import TelegramChannel
    from bot.core.attempt import Attempt
    from bot.core.health import Health
    from bot.history.store import History
    from bot.pipeline.ports import Drafter
    from bot.settings import Settings

ORDINARY_LIMIT = 4096
_LIMITS: Mapping[str, int] = {"telegram": 4096}
CHANNELS = tuple(_LIMITS)
"""Every channel that is built."""


def limit_of(channel: str) -> int:
    """The longest reply a channel takes, in its own units."""
    return _LIMITS.get(channel, ORDINARY_LIMIT)


def drafter_in(settings: Settings) -> Drafter:
    """The model when its key is set, with the templates behind it; else the templates."""
    key = settings.openai_api_key
    return drafter_of(
        "auto",
        settings.folder,
        key=key.get_secret_value() if key else None,
        base_url=settings.openai_base_url,
        model=settings.openai_model,
    )


def outbox_in(history: History) -> Outbox:
    """Where replies to replayed posts lie: in the memory of this house."""

    def keep(attempt: Attempt) -> int:
        with history.together() as rows:
            return rows.keep_in_outbox(attempt)

    def seek(key: str) -> int | None:
        with history.reading() as rows:
            return rows.seek_in_outbox(key)

    return Outbox(keep, seek)


def telegram_in(settings: Settings, health: Health) -> TelegramChannel | None:
    """The Telegram room when its token is set; its library is loaded only then."""
    if settings.telegram_bot_token is None:
        return None
    from bot.channels.telegram import TelegramChannel

    return TelegramChannel(
        token=settings.telegram_bot_token.get_secret_value(),
        api_url=settings.telegram_api_url,
        house=settings.house,
        health=health,
        clock=time.monotonic,
        sleep=asyncio.sleep,
        rng=random.Random(),  # noqa: S311  # jitter, no secret
    )


def slack_in(settings: Settings, house: OpenHouse) -> SlackRoom | None:
    """The Slack room when its token is set; its library is loaded only then."""
    if missing := settings.missing_for_slack:
        raise SettingsError(
            f"set {', '.join(missing)} as well (SLACK_SIGNING_SECRET does for HTTP), or no Slack setting at all"
        )
    if settings.slack_bot_token is None or settings.slack_channel is None:
        return None
    from bot.approvals.slack.room import SlackRoom

    app_token, signing_secret = settings.slack_app_token, settings.slack_signing_secret
    return SlackRoom(
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=app_token.get_secret_value() if app_token else None,
        signing_secret=signing_secret.get_secret_value() if signing_secret else None,
        api_url=settings.slack_api_url,
        channel=settings.slack_channel,
        fallback_channel=settings.rules.slack.fallback_channel,
        house=settings.house,
        decisions=house.pipeline,
        clock=house.clock,
        find=house.pipeline.question_at,
        seen=house.pipeline.first_seen,
        limit_of=limit_of,
        overview=house.pipeline.overview,
        health=house.health,
        sleep=house.sleep,
        ticks=house.ticks,
        desk_url=settings.rules.desk.url,
    )
