"""Which links of a reply lead to somebody else."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from bot.core.case import Case

_LINK = re.compile(
    r"(?:https?|ftp)://[^\s<>\"„“”]+|(?<![\w@.-])www\.[^\s<>\"„“”]+"
    r"|(?<![\w@./-])(?:[^\W_][\w-]{0,62}\.){1,4}(?:com|de|net|org|io|at|ch|co\.uk|uk|eu|info|shop|ly|me|app|dev|co|biz|xyz|top|ru|cn|gl|gg|link|site|online"
    r"|example|onion|zip|mov|click|live|store|club|pro|cc|tv|to|su|ws|pw|icu|vip|win|bid|help|support|today|world|news|blog|cloud|page|web|website|space|tech|ai|li|lu|nl|be|fr|es|it|pl|cz|dk|se|no|fi|tk|ml|ga|cf|gq)(?:/[^\s<>\"„“”]*)?(?![\w-])"
    r"|(?<![\w@./-])(?:[^\W_][\w-]{0,62}\.){1,4}[a-z]{2,24}/[^\s<>\"„“”]*|(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"
    r"|\b[\w-]{2,63}\s?(?:[\[({]\s?(?:\.|dot|punkt)\s?[\])}]|\s(?:dot|punkt)\s)\s?(?:com|de|net|org|io|at|ch|info|shop|me|co)\b"
    r"|\b(?:javascript|data|file|tg|slack|mailto|tel):[^\s]{2,}",
    re.IGNORECASE,
)
_MAY_HOLD_ONE = re.compile(r"\.[^\s.]|:\S|\b(?:dot|punkt)\b", re.IGNORECASE)
"""Every link has a dot or a colon before its next sign, or says its dot aloud."""
_TAIL = ".,;:!?)]}'’…"


def foreign_links(case: Case) -> list[tuple[int, int]]:
    """Where links stand that are not on our list, as (start, end)."""
    return list(_foreign(case.text, case.allow))


@lru_cache(maxsize=64)  # two items ask about the same reply
def _foreign(text: str, allow: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    if not _MAY_HOLD_ONE.search(text):
        return ()
    ours = [address for value in allow if (address := _address(value)) is not None]
    spans = [(match.start(), match.start() + len(match.group().rstrip(_TAIL))) for match in _LINK.finditer(text)]
    return tuple(span for span in spans if not _is_ours(text[span[0] : span[1]], ours))


def _is_ours(link: str, ours: list[tuple[str, str]]) -> bool:
    """The same host, and a path below the listed one."""
    address = _address(link)
    if address is None:
        return False
    host, path = address
    return any(
        host == our_host and (path == our_path or path.startswith(our_path + "/") or not our_path)
        for our_host, our_path in ours
    )


def _address(link: str) -> tuple[str, str] | None:
    """Host and path of a link; nothing for what is none, or hides its host behind a name."""
    link = link.strip()
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}")
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or "." not in host or " " in link:
        return None
    return host.removeprefix("www."), parts.path.rstrip("/")
