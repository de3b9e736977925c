"""Who is sitting at the desk: a printed link that works once, then a cookie that belongs to one person.

Everything is held in memory: a restart closes all sessions and prints new links. Only hashes of keys and
cookies are kept, so nothing here lets anybody in when it leaks.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.core.person import Person

STAYS = timedelta(days=30)
"""How long a cookie is good for, so that closing the browser locks nobody out."""
_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """One person, in one browser."""

    person: Person
    token: str
    """Every form carries it; a page of a stranger cannot know it."""
    until: datetime
    lang: str | None = None
    """The language chosen by hand; None while the browser chooses."""


class Doorkeeper:
    """Lets people in by one-time links, and knows them again by their cookie."""

    def __init__(self, *, clock: Callable[[], datetime], random: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._clock = clock
        self._random = random
        self._invited: dict[bytes, Person] = {}
        self._inside: dict[bytes, Visitor] = {}

    def invite(self, person: Person) -> str:
        """A path that lets this person in, once."""
        key = self._secret()
        self._invited[_hashed(key)] = person
        return f"/enter?key={key}"

    def enter(self, key: str) -> str | None:
        """The cookie for whoever holds this key; nothing when it was used before or never given."""
        given = _hashed(key)
        known = [kept for kept in tuple(self._invited) if compare_digest(kept, given)]
        person = self._invited.pop(known[0], None) if known else None
        if person is None:
            return None
        cookie = self._secret()
        self._inside[_hashed(cookie)] = Visitor(person=person, token=self._secret(), until=self._clock() + STAYS)
        return cookie

    def visitor(self, cookie: str | None) -> Visitor | None:
        """The person behind a cookie; nothing for a stranger."""
        found = self._inside.get(_hashed(cookie)) if cookie else None
        return found if found and self._clock() < found.until else None

    def speak(self, cookie: str, lang: str) -> None:
        """Remember the language that this visitor chose."""
        if visitor := self.visitor(cookie):
            self._inside[_hashed(cookie)] = replace(visitor, lang=lang)

    def _secret(self) -> str:
        return urlsafe_b64encode(self._random(_BYTES)).decode().rstrip("=")


def _hashed(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()
