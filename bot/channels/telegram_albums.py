"""Several pictures sent at once come from Telegram one by one; here they become the one post they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.core.mention import Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.mention import Aim, Delivery

STRENGTH: tuple[Aim, ...] = ("at_us", "names_us", "follows_up")


def with_albums_joined(deliveries: Sequence[Delivery], albums: Sequence[str | None]) -> list[Delivery]:
    """Let the first part of each album carry the whole of it, and the other parts nothing but their raw form.

    `albums` says for each delivery which album (`album_in`) it is part of.
    """
    joined = list(deliveries)
    for album in {album for album in albums if album}:
        places = [place for place, name in enumerate(albums) if name == album]
        parts = [heard for place in places if isinstance(heard := joined[place].heard, Mention)]
        if len(parts) == len(places) > 1:  # a colleague's album is overheard part by part
            for place in places:
                joined[place] = replace(joined[place], heard=album_of(parts) if place == places[0] else None)
    return joined


def album_of(parts: Sequence[Mention]) -> Mention:
    """Make one mention of an album, under the name of its first post: that is a post one can answer."""
    first = min(parts, key=lambda part: int(part.id.rpartition("/")[2]))
    kinds = [kind for part in parts for kind in part.attachments if kind != "album"]
    return replace(
        first,
        text="\n".join(part.text for part in parts if part.text),
        attachments=(*kinds, "album"),
        answers=next((part.answers for part in parts if part.answers), None),
        aimed=min((part.aimed for part in parts), key=STRENGTH.index),
    )


def is_album_part(raw: dict[str, Any]) -> bool:
    """Tell whether an update brings a new post that is part of an album; edited parts are posts of their own."""
    post = raw.get("message")
    return isinstance(post, dict) and bool(post.get("media_group_id"))


def album_in(raw: dict[str, Any]) -> str | None:
    """Name the album of an update that can be read, unique across chats."""
    post = raw.get("message", {})
    return f"{post['chat']['id']}/{post['media_group_id']}" if is_album_part(raw) else None
