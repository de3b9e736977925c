"""Words from a model: it is told confirmed facts and the post, has no tools, and decides nothing.

The `openai` library takes most of a second to import. So it is imported where a model is really used, and
nowhere else in the house.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from typing import TYPE_CHECKING, Any, Final

from bot.core.draft import Words
from bot.core.promise import promises_in
from bot.core.text import utf16_length
from bot.core.why import Why
from bot.drafting.answer import SCHEMA, answer_in, repeats
from bot.drafting.masks import MASK, masked
from bot.drafting.prompt import prompt_in
from bot.errors import DraftingError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from openai import APIStatusError, AsyncOpenAI

    from bot.core.draft import Brief
    from bot.core.fact import Fact
    from bot.core.why import Told
    from bot.drafting.answer import Answer

_LONGEST_ANSWER: Final = 4_000
"""Tokens, so that a model that thinks aloud still comes to an end."""
_POSTS: Final = 10
"""The newest so many posts of a question are shown."""
_SHORT_WAIT: Final = 1.0
"""Seconds before the second try when the provider names none."""
_WHY: Final = {
    400: Why.provider_refused,
    401: Why.provider_key,
    403: Why.provider_rights,
    404: Why.provider_model,
    429: Why.provider_busy,
}


def client_for(key: str, *, base_url: str | None = None) -> AsyncOpenAI:
    """A client that repeats nothing by itself: two silent retries would be three times the money."""
    from openai import AsyncOpenAI  # noqa: PLC0415  only a house with a key pays for the import

    logging.getLogger("openai").setLevel(logging.WARNING)  # below that it writes down what the customer said
    return AsyncOpenAI(api_key=key, base_url=base_url, max_retries=0)


class LlmDrafter:
    """Words from a model behind the Responses API, or DraftingError with one plain line."""

    def __init__(
        self,
        client: AsyncOpenAI,
        model: str,
        prompts: Sequence[Path],
        timeout: float = 20.0,
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        new_mark: Callable[[], str] = secrets.token_hex,
    ) -> None:
        """Read the prompt once; raises WordsError. `timeout` is in seconds and holds for both tries together."""
        self._client = client.with_options(max_retries=0, timeout=timeout)
        self._model = model
        self._prompt = prompt_in(prompts)
        self._timeout = timeout
        self._pause = pause
        self._new_mark = new_mark

    async def draft(self, brief: Brief) -> Words:
        """Words that keep to the agreed form; whether they are honest is for the guard and a person."""
        mark = self._new_mark()
        try:
            async with asyncio.timeout(self._timeout):
                body = await self._asked(self._question(brief, mark))
        except TimeoutError:
            raise self._timed_out() from None
        answer = answer_in(body, {fact.id for fact in _sayable(brief)})
        return _words(answer, brief, mark, self._prompt.rules)

    def _question(self, brief: Brief, mark: str) -> dict[str, Any]:
        """The request: our rules, our brief, and apart from both the customer's words inside their fence."""
        return {
            "model": self._model,
            "instructions": self._prompt.rules,
            "input": [
                {"role": "developer", "content": json.dumps(self._told(brief, mark), ensure_ascii=False)},
                {"role": "user", "content": _fenced(brief, mark)},
            ],
            "text": {"format": {"type": "json_schema", "name": "reply", "schema": SCHEMA, "strict": True}},
            "max_output_tokens": _LONGEST_ANSWER,
            "store": False,
        }

    def _told(self, brief: Brief, mark: str) -> dict[str, Any]:
        prompt = self._prompt
        values = (*brief.person_values, brief.newest.author)
        return {
            "brand": brief.brand,
            "language": brief.tone.lang,
            "address": prompt.address[brief.address],
            "fault": prompt.fault[brief.fault],
            "situation": prompt.situation.get(brief.situation, ""),  # type: ignore[call-overload]  # a name of the playbook
            "crisis": prompt.crisis if brief.crisis else "",
            "facts": [{"id": fact.id, "text": fact.text} for fact in _sayable(brief)],
            "longest": brief.limit,
            "public": brief.newest.public,
            "said_before": [masked(said, values) for said in brief.said_before],
            "redraft": prompt.redraft if brief.version > 1 else "",
            "colleague": masked(brief.feedback, values),
            "not_again": [masked(text, values) for text in brief.unwanted],
            "mark": mark,
        }

    async def _asked(self, question: dict[str, Any]) -> str:
        """The raw body of the answer; asks a second time when the provider was busy or broken."""
        import openai  # noqa: PLC0415  it is there already: the client was made with it

        for last in (False, True):
            try:
                answer = await self._client.responses.with_raw_response.create(**question)
            except openai.APIStatusError as error:
                wait = _wait_after(error)
                if last or wait is None or wait >= self._timeout:
                    raise DraftingError(_plainly(error)) from None  # the body may repeat what we sent
            except openai.APITimeoutError:
                raise self._timed_out() from None
            except (openai.OpenAIError, ValueError):  # ValueError: a key or address that fits no request
                raise DraftingError(Why.model_out_of_reach()) from None
            else:
                return str(answer.text)
            await self._pause(wait)
        raise AssertionError("the second try returns or raises")

    def _timed_out(self) -> DraftingError:
        return DraftingError(Why.model_timed_out(seconds=f"{self._timeout:g}"))


def _sayable(brief: Brief) -> list[Fact]:
    """The facts a model may use: in a wave money is not offered in public (H6)."""
    return [fact for fact in brief.facts if not (brief.crisis and fact.kind == "money")]


def _fenced(brief: Brief, mark: str) -> str:
    """The customer's posts, each between two lines of a mark that nobody can know beforehand."""
    values = (*brief.person_values, *(name for post in brief.posts for name in (post.author, post.author_id)))
    posts = [masked(post.text, values) for post in brief.posts[-_POSTS:]]
    return "\n".join(f"{mark}\n{post}\n{mark}" for post in posts)


def _words(answer: Answer, brief: Brief, mark: str, rules: str) -> Words:
    if answer.text in brief.unwanted:
        raise DraftingError(Why.model_repeats())
    if mark in answer.text or MASK in answer.text:
        raise DraftingError(Why.model_says_marks())
    if repeats(answer.text, rules):
        raise DraftingError(Why.model_says_rules())
    if utf16_length(answer.text) > brief.limit:
        raise DraftingError(Why.model_too_long(limit=brief.limit))
    return Words(
        text=answer.text,
        drafter="llm",
        lang=brief.tone.lang,
        claims=answer.claims,
        promises=tuple(dict.fromkeys((*promises_in(answer.text), *answer.promises))),
        tokens=answer.tokens,
    )


def _wait_after(error: APIStatusError) -> float | None:
    """Seconds until a second try makes sense; None when it never does."""
    if error.code == "insufficient_quota" or not (error.status_code == 429 or error.status_code >= 500):  # noqa: PLR2004
        return None
    named = error.response.headers.get("retry-after", "")
    return float(named) if named.isascii() and named.isdigit() else _SHORT_WAIT


def _plainly(error: APIStatusError) -> Told:
    if error.code == "insufficient_quota":
        return Why.provider_credit()
    known = _WHY.get(error.status_code)
    return known() if known else Why.provider_broken(status=error.status_code)
