"""From rows to nouns: what the journey says about one question, put together as people see it."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from bot.core.draft import Claim, Draft, Words
from bot.core.finding import Finding
from bot.core.mention import Mention
from bot.core.promise import promises_in
from bot.core.question import Handover, Post, Promise, Question, Reply, Ruling, Signature, Trouble
from bot.core.tone import Tone
from bot.core.why import told_again
from bot.history.standing import Track, standing_of
from bot.history.words import time_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.fact import Fault

Row = dict[str, Any]
_PUBLISHES = ("approved", "rewritten")
_SETTLED = ("sent", "there", "withdrawn", "refused")
_TROUBLE = ("not_sent", "needs_login", "refused", "unknown", "withdrawn")


def question_from(row: Row) -> Question:
    """One question from its rows."""
    posts = _posts(row)
    newest = row["mentions"][-1]
    draft = next(iter(row["drafts"].values()), None)
    version = draft["version"] if draft else 0
    ruling = _ruling_in_force(row, version)
    attempt = next((a for a in reversed(row["attempts"]) if ruling and a["version"] == ruling["version"]), None)
    signatures = [s for s in row["signatures"] if s["version"] == version]
    track = _track(row, newest["number"], draft, ruling, attempt, len({s["person"] for s in signatures}))
    opened_at = time_of(row["opened_at"])
    return Question(
        number=row["number"],
        standing=standing_of(track),
        opened_at=opened_at,
        due_at=time_of(row["waiting"]["due_at"]) if "waiting" in row else opened_at + timedelta(hours=24),
        posts=posts,
        tone=_tone(row["tone"]) if "tone" in row else None,
        tone_by=row["tone"]["by"] if "tone" in row else "judge",
        fault=cast("Fault", row["fault"]["fault"]) if "fault" in row else "open",
        draft=_draft(draft, row["findings"]) if draft else None,
        version=version,
        needs=draft["needs"] if draft else 1,
        signatures=tuple(_signature(s) for s in signatures),
        handover=_handover(row["handover"]) if "handover" in row else None,
        ruling=_ruling(ruling) if ruling else None,
        trouble=_trouble(attempt),
        said=tuple(_reply(reply) for reply in row["replies"]),
        promises=tuple(Promise(text=p["text"], owner=p["owner"], due_at=time_of(p["due_at"])) for p in row["promises"]),
        note=_note(row, draft, newest["number"]),
        tone_covers=row["tone"]["covers"] if "tone" in row else 0,
        answered=row["ending"]["covers"] if "ending" in row else 0,
        redraft=row["redraft"]["number"] if "redraft" in row else 0,
        wishes=row["redraft"]["wishes"] if "redraft" in row else 0,
        stale=_stale(row, draft),
        wish=(row["redraft"]["text"] or "") if _stale(row, draft) else "",
        overheard=tuple(overheard["text"] for overheard in row["overheard"]),
        waits_since=time_of(row["waiting"]["since"]) if "waiting" in row else None,
    )


def _ruling_in_force(row: Row, version: int) -> Row | None:
    """The decision that tells where the question stands: the one that ended it, one still on its way, else that of the table's version."""
    ending = row.get("ending")
    if ending and ending["covers"] >= row["mentions"][-1]["number"]:
        return cast("Row | None", row["decisions"].get(ending["version"]))
    outcome = {attempt["version"]: attempt["outcome"] for attempt in row["attempts"]}
    for decided in reversed(row["decisions"].values()):
        if decided["kind"] in _PUBLISHES and outcome.get(decided["version"]) not in _SETTLED:
            return cast("Row", decided)
    return cast("Row | None", row["decisions"].get(version))


def _track(row: Row, newest: int, draft: Row | None, ruling: Row | None, attempt: Row | None, signatures: int) -> Track:
    ending = row.get("ending")
    return Track(
        newest=newest,
        ended=ending["kind"] if ending and ending["covers"] >= newest else None,
        set_aside=_aside_in_force(row, draft, newest) is not None,
        drafted=draft is not None,
        covers=draft["covers"] if draft else 0,
        wordless=bool(draft and draft["drafter"] == "nobody"),
        declined_or_stale=_stale(row, draft),
        decision=ruling["kind"] if ruling else None,
        begun=attempt is not None,
        outcome=attempt["outcome"] if attempt else None,
        held=ruling is not None and any(held["version"] == ruling["version"] for held in row["held"]),
        signatures=signatures,
    )


def _stale(row: Row, draft: Row | None) -> bool:
    """Whether another draft was wished for than the newest one."""
    return bool(draft and "redraft" in row and row["redraft"]["number"] > draft["redraft"])


def _posts(row: Row) -> tuple[Post, ...]:
    """Each post once, in the order first heard, as it reads now; our number is that of its newest version."""
    newest: dict[str, Row] = {}
    edits: dict[str, int] = defaultdict(int)
    for mention in row["mentions"]:
        newest[mention["post"]] = mention
        edits[mention["post"]] += 1
    return tuple(
        Post(number=m["number"], mention=_mention(m, row), heard_at=time_of(m["heard_at"]), edited=edits[m["post"]] > 1)
        for m in newest.values()
    )


def _mention(mention: Row, question: Row) -> Mention:
    about = json.loads(mention["about"])
    return Mention(
        channel=mention["channel"], id=about["id"], author=about["author"], author_id=about["author_id"], text=mention["text"],
        at=time_of(mention["said_at"]), thread=about["thread"], version=mention["version"], url=about["url"], lang=about["lang"],
        attachments=tuple(about["attachments"]), answers=about["answers"], aimed=mention["aimed"],
        public=bool(question["public"]), replayed=bool(question["replayed"]),
    )  # fmt: skip


def _tone(row: Row) -> Tone:
    return Tone(
        lang=row["lang"], polarity=row["polarity"], confidence=row["confidence"], arousal=row["arousal"],
        flags=frozenset(json.loads(row["flags"])), certain=bool(row["certain"]),
    )  # fmt: skip


def _draft(row: Row, findings: Iterable[Row]) -> Draft:
    claims = json.loads(row["about"])["claims"] if row["about"] else []
    words = Words(
        text=row["text"] or "", drafter=row["drafter"], lang=row["lang"], template=row["template"], note=told_again(row["note"]),
        tokens=row["tokens"], promises=promises_in(row["text"] or ""), claims=tuple(Claim(fact=claim["fact"], words=claim["words"]) for claim in claims),
    )  # fmt: skip
    return Draft(
        question=row["question"], version=row["version"], words=words, by=row["by"], at=time_of(row["at"]), covers=row["covers"],
        fault=row["fault"], findings=tuple(_finding(f) for f in findings if f["version"] == row["version"]),
        commitment=row["commitment"] or "",
    )  # fmt: skip


def _finding(row: Row) -> Finding:
    told = json.loads(row["about"])
    return Finding(
        item=row["item"], severity=row["severity"], start=row["start"], end=row["end"], why=row["text"],
        hint=told["hint"], liftable=bool(row["liftable"]), why_de=told.get("why_de", ""), hint_de=told.get("hint_de", ""),
    )  # fmt: skip


def _signature(row: Row) -> Signature:
    return Signature(
        person=row["person"], at=time_of(row["at"]), surface=row["surface"], reason=row["text"] or "", look=row["look"]
    )


def _handover(row: Row) -> Handover | None:
    """Who has it on their table; nobody once it was put back."""
    if row["kind"] == "release":
        return None
    until = time_of(row["until"]) if row["until"] else None
    return Handover(kind=row["kind"], person=row["person"], to=row["to_person"], at=time_of(row["at"]), until=until)


def _ruling(row: Row) -> Ruling:
    return Ruling(
        version=row["version"], kind=row["kind"], by=tuple(json.loads(row["by"])), surface=row["surface"], at=time_of(row["at"]),
        why=row["why"], reason=row["text"] or "",
    )  # fmt: skip


def _reply(row: Row) -> Reply:
    about = json.loads(row["about"])
    return Reply(
        version=row["version"],
        text=row["text"],
        at=time_of(row["at"]),
        post=about["id"],
        url=about["url"],
        outbox=bool(row["outbox"]),
    )


def _trouble(attempt: Row | None) -> Trouble | None:
    if attempt is None or attempt["outcome"] not in _TROUBLE:
        return None
    return Trouble(
        attempt=attempt["number"],
        why=told_again(attempt["why"]),
        at=time_of(attempt["closed_at"]),
        text=attempt["text"] or "",
    )


def _note(row: Row, draft: Row | None, newest: int) -> str:
    aside = _aside_in_force(row, draft, newest)
    if aside:
        return told_again(aside["why"])
    return told_again(draft["note"]) if draft else ""


def _aside_in_force(row: Row, draft: Row | None, newest: int) -> Row | None:
    """Why nothing could be drafted, unless words came after it or the customer did."""
    aside = row.get("aside")
    if aside is None or aside["covers"] < newest:
        return None
    if draft is None or draft["covers"] < newest:
        return cast("Row", aside)
    return aside if _stale(row, draft) and aside["at"] >= row["redraft"]["at"] else None
