"""What Slack's refusals mean for us: told as one of the four ways in which a call to the world can fail."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.core.why import Why
from bot.errors import ChannelError, NeedsLogin, NotSent, OutcomeUnknown, Refused

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from slack_sdk.web.async_slack_response import AsyncSlackResponse

# Codes of https://docs.slack.dev/reference/methods/chat.postMessage and chat.update.
GONE = {
    "message_not_found": Why.slack_card_deleted,
    "thread_not_found": Why.slack_card_deleted,
    "channel_not_found": Why.slack_channel_gone,
    "not_in_channel": Why.slack_not_in_channel,
    "is_archived": Why.slack_archived,
    "is_inactive": Why.slack_archived,
}
_LOGIN = frozenset(
    {
        "access_denied", "account_inactive", "ekm_access_denied", "invalid_auth", "missing_scope", "no_permission",
        "not_allowed_token_type", "not_authed", "org_login_required", "team_access_not_granted", "token_expired",
        "token_revoked",
    }
)  # fmt: skip
_PERHAPS = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
_LATER = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})


class Gone(Refused):
    """The card, or the channel it stood in, is no longer there for us."""

    def __init__(self, code: str, why: str | None = None) -> None:
        super().__init__(why or GONE[code]())
        self.code = code


async def told(call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    """Wait for Slack; raises NotSent, Refused (Gone), NeedsLogin or OutcomeUnknown."""
    try:
        return await call
    except SlackApiError as error:
        raise outcome_of(error) from error
    except aiohttp.ClientConnectorError as error:
        raise NotSent(Why.slack_away(said=Why.no_connection()), retry_after=5.0) from error
    except (SlackClientError, aiohttp.ClientError, TimeoutError, ConnectionError) as error:
        raise OutcomeUnknown(Why.slack_silent(fault=type(error).__name__)) from error


def outcome_of(error: SlackApiError) -> ChannelError:
    """Classified by code, never by text; a code that no list names is a definite refusal of a call that was read."""
    response: Any = error.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    body = getattr(response, "data", None)
    code = str(body.get("error", "")) if isinstance(body, dict) else ""
    if status == HTTPStatus.TOO_MANY_REQUESTS or code in _LATER:
        return NotSent(Why.slack_slow(), retry_after=_seconds(response))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or code in _PERHAPS or not code:
        return OutcomeUnknown(Why.slack_broken(fault=code or status))
    if code in GONE:
        return Gone(code)
    if code in _LOGIN:
        needed = f" (needed: {body['needed']})" if isinstance(body, dict) and body.get("needed") else ""
        return NeedsLogin(Why.slack_key(said=f"{code}{needed}"))
    return Refused(f"Slack refused the call: {code}{_reasons(body)}")


def _seconds(response: object) -> float:
    """What `Retry-After` says, in seconds."""
    headers: Any = getattr(response, "headers", None) or {}
    wanted = next((value for name, value in headers.items() if name.lower() == "retry-after"), "1")
    return float(wanted) if str(wanted).isdigit() else 1.0


def _reasons(body: object) -> str:
    """Slack's own reasons, such as which block is wrong; they hold places, never words."""
    told_by_slack = body.get("response_metadata", {}).get("messages", []) if isinstance(body, dict) else []
    return f" ({'; '.join(map(str, told_by_slack[:3]))})" if told_by_slack else ""
