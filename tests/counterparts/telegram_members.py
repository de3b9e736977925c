"""How the Bot API writes who is what in a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.counterparts.telegram_chats import Json, Person

STATUSES = ("creator", "administrator", "member", "restricted", "left", "kicked")
ADMINISTRATOR_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
MEMBER_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
)


def member_json(person: Person, status: str) -> Json:
    """The `ChatMember` object that belongs to a status; raises `ValueError` for a status Telegram does not know."""
    if status not in STATUSES:
        message = f"no such status: {status}"
        raise ValueError(message)
    return {"user": person.as_json(), "status": status, **_details(status)}


def _details(status: str) -> Json:
    match status:
        case "creator":
            return {"is_anonymous": False}
        case "administrator":
            return {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(ADMINISTRATOR_RIGHTS, True)
        case "restricted":
            return {"is_member": True, "until_date": 0} | dict.fromkeys(MEMBER_RIGHTS, False)
        case "kicked":
            return {"until_date": 0}
        case _:
            return {}
