"""What people do with words on the pretend Telegram: say, edit, delete, publish."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.counterparts.telegram_chats import CHANNEL, Chat, Json, Person, Post, without_gaps
from tests.counterparts.telegram_words import entities_in
from tests.counterparts.telegram_world import World

if TYPE_CHECKING:
    from collections.abc import Sequence

ANONYMOUS_ADMIN = Person(id=1087968824, name="Group", username="GroupAnonymousBot", is_bot=True)
CHANNEL_STAND_IN = Person(id=136817688, name="Channel", username="Channel_Bot", is_bot=True)
FORWARDER = Person(id=777000, name="Telegram")


class Speech(World):
    """The verbs that tests drive; each returns the post as it stands."""

    def says(
        self,
        chat: Chat,
        who: Person | Chat,
        text: str | None = None,
        *,
        reply_to: Post | None = None,
        entities: Sequence[Json] | None = None,
        attached: str | None = None,
        thread: int | None = None,
        album: str | None = None,
        via_bot: Person | None = None,
        at: int | None = None,
    ) -> Post:
        """Post words, an attachment (photo, voice, sticker, document, video), or both as a caption.

        Entities are found as Telegram finds them unless they are given. A chat as `who` is an anonymous
        administrator (the chat itself) or a channel that speaks. `at` is a Unix time.
        """
        _refuse_the_impossible(chat, text, attached)
        content = _stand_in(chat, who) | _words(text, entities, caption=bool(attached)) | _attachment(attached, chat)
        content |= without_gaps({"media_group_id": album, "via_bot": via_bot.as_json() if via_bot else None})
        post = self.store(chat, who, content, reply_to=reply_to, thread=thread, at=at)
        if isinstance(who, Person):
            chat.members.setdefault(who.id, "member")
        self.tell_bot(post)
        return post

    def posts_album(self, chat: Chat, who: Person, photos: int, caption: str | None = None) -> list[Post]:
        """Several photos at once: as many updates, one `media_group_id`, the caption on the first."""
        album = str(13_000_000_000_000_000 + len(chat.posts))
        captions = [caption] + [None] * (photos - 1)
        return [self.says(chat, who, words, attached="photo", album=album) for words in captions]

    def edits(self, post: Post, text: str, *, entities: Sequence[Json] | None = None, at: int | None = None) -> Post:
        """Change the words of a post; its number stays."""
        if post.deleted:
            message = "a deleted post cannot be edited"
            raise ValueError(message)
        captioned = "text" not in post.message
        for name in ("entities", "caption_entities"):
            post.message.pop(name, None)
        post.message |= _words(text, entities, caption=captioned) | {"edit_date": at or int(time.time())}
        self.tell_bot(post, "edited_channel_post" if post.chat.kind == CHANNEL else "edited_message")
        return post

    def deletes(self, post: Post) -> None:
        """Take a post away; the bot is not told."""
        post.deleted = True

    def publishes(self, channel: Chat, text: str, *, at: int | None = None) -> Post:
        """Post in a channel; returns the copy in the discussion group when there is one, else the channel's post."""
        original = self.store(channel, channel, _words(text, None, caption=False), at=at)
        self.tell_bot(original, "channel_post")
        return self._forward(original, channel.partner) if channel.partner else original

    def _forward(self, original: Post, group: Chat) -> Post:
        written = original.as_json()
        origin = {"type": "channel", "chat": written["chat"], "message_id": original.id, "date": written["date"]}
        words = {name: written[name] for name in ("text", "entities") if name in written}
        signed = {"from": FORWARDER.as_json(), "is_automatic_forward": True, "forward_origin": origin}
        copy = self.store(group, original.chat, words | signed, at=written["date"])
        self.tell_bot(copy)
        return copy


def _refuse_the_impossible(chat: Chat, text: str | None, attached: str | None) -> None:
    """Tests must not play what Telegram cannot do."""
    if chat.migrated_to or chat.kind == CHANNEL or not (text or attached) or (text and attached == "sticker"):
        message = "nobody can say that there: upgraded group, channel, nothing at all, or a sticker with a caption"
        raise ValueError(message)


def _stand_in(chat: Chat, who: Person | Chat) -> Json:
    if isinstance(who, Person):
        return {}
    return {"from": (ANONYMOUS_ADMIN if who is chat else CHANNEL_STAND_IN).as_json()}


def _words(text: str | None, entities: Sequence[Json] | None, *, caption: bool) -> Json:
    if text is None:
        return {}
    marks = list(entities_in(text) if entities is None else entities)
    return {
        "caption" if caption else "text": text,
        **({"caption_entities" if caption else "entities": marks} if marks else {}),
    }


def _attachment(kind: str | None, chat: Chat) -> Json:
    if kind is None:
        return {}
    number = len(chat.posts) + 1
    file: Json = {"file_id": f"file-{chat.id}-{number}", "file_unique_id": f"unique-{chat.id}-{number}"}
    size = {"width": 640, "height": 480}
    sticker = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "🙂"}
    fields: dict[str, Json] = {
        "photo": {"photo": [file | size]},
        "voice": {"voice": file | {"duration": 3, "mime_type": "audio/ogg"}},
        "sticker": {"sticker": file | size | sticker},
        "document": {"document": file | {"file_name": "receipt.pdf"}},
        "video": {"video": file | size | {"duration": 3}},
    }
    return fields[kind]
