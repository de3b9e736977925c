"""Reading: everything a card, a page or the pipeline needs of some questions, in a dozen statements however many they are."""

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
from bot.history.standing import Track, standing_of
from bot.history.words import Table, time_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.core.fact import Fault

Row = dict[str, Any]
_PUBLISHES = ("approved", "rewritten")
_SETTLED = ("sent", "there", "withdrawn", "refused")
_TROUBLE = ("not_sent", "needs_login", "refused", "unknown", "withdrawn")


class Reading(Table):
    """Rows put together again."""

    def question(self, number: int) -> Question | None:
        """One question, or nothing when there is none of that number."""
        return next(iter(self.questions([number])), None)

    def questions(self, numbers: Sequence[int]) -> list[Question]:
        """These questions, in the order asked for."""
        if not numbers:
            return []
        rows = self._gathered(numbers)
        return [_question(row) for row in rows if row["mentions"]]

    def open_numbers(
        self, *, after: str | None, limit: int, channel: str | None, standing: str | None
    ) -> list[tuple[str, int]]:
        """Open questions by due time, from a cursor on; each with its own cursor."""
        due_at, number = (after or "").rpartition("/")[::2] if after else ("", "0")
        where, values = _only(channel=channel, standing=standing)
        rows = self.all(
            f"select due_at, question from waiting where (due_at, question) > (?, ?) and {where} "
            "order by due_at, question limit ?",
            due_at, int(number or 0), *values, limit,
        )  # fmt: skip
        return [(f"{row['due_at']}/{row['question']}", row["question"]) for row in rows]

    def open_count(self, *, channel: str | None = None, standing: str | None = None) -> int:
        """How many questions stand open, of a channel or a standing when one is named."""
        where, values = _only(channel=channel, standing=standing)
        row = self.one(f"select count(*) as n from waiting where {where}", *values)
        return int(row["n"]) if row else 0

    def note_standings(self, numbers: Sequence[int]) -> None:
        """Bring the list of open questions up to date with where these stand now."""
        for question in self.questions(numbers):
            self.db.execute("update waiting set standing = ? where question = ?", [question.standing, question.number])

    def _gathered(self, numbers: Sequence[int]) -> list[Row]:
        """All rows of these questions, sorted to each."""
        by_question: dict[int, Row] = {
            row["number"]: row
            | {
                "mentions": [],
                "drafts": {},
                "findings": [],
                "signatures": [],
                "decisions": {},
                "attempts": [],
                "replies": [],
                "promises": [],
                "overheard": [],
                "held": [],
            }
            for row in self.many("select * from questions where number in ({})", numbers)
        }
        for name, sql in _LISTS.items():
            for row in self.many(sql, numbers):
                _put(by_question[row["question"]], name, row)
        for name, sql in _NEWEST.items():
            for row in self.many(sql, numbers):
                by_question[row["question"]][name] = row
        return [by_question[number] for number in numbers if number in by_question]


_LISTS = {
    "mentions": "select mentions.*, words.text, words.about from mentions join words on words.number = mentions.words "
    "where question in ({}) order by mentions.number",
    "drafts": "select drafts.*, words.text, words.about from drafts left join words on words.number = drafts.words "
    "where question in ({}) and version = (select max(version) from drafts as other where other.question = drafts.question)",
    "findings": "select findings.*, words.text, words.about from findings join words on words.number = findings.words "
    'where question in ({}) order by findings.start, findings."end"',
    "signatures": "select signatures.*, words.text from signatures left join words on words.number = signatures.words "
    "where question in ({}) order by signatures.number",
    "decisions": "select decisions.*, words.text from decisions left join words on words.number = decisions.words "
    "where question in ({}) order by version",
    "attempts": "select attempts.*, outcomes.kind as outcome, outcomes.why as why, outcomes.at as closed_at from attempts "
    "left join outcomes on outcomes.number = (select max(number) from outcomes as last where last.attempt = attempts.number) "
    "where question in ({}) order by attempts.number",
    "replies": "select replies.*, words.text, words.about from replies join words on words.number = replies.words "
    "where question in ({}) order by replies.at",
    "promises": "select promises.*, words.text from promises join words on words.number = promises.words "
    "where question in ({}) order by promises.number",
    "overheard": "select question, words.text from overheard join words on words.number = overheard.words "
    "where question in ({}) order by overheard.number",
    "held": "select question, version from unsettled where question in ({})",
}
_NEWEST = {
    "tone": "select * from tones where number in (select max(number) from tones where question in ({}) group by question)",
    "fault": "select * from faults where number in (select max(number) from faults where question in ({}) group by question)",
    "redraft": "select redrafts.*, words.text, (select count(*) from redrafts as wish where wish.question = redrafts.question "
    "and wish.why in ('redraft', 'declined') and wish.after > coalesce((select version from endings "
    "where endings.question = wish.question order by number desc limit 1), -1)) as wishes "
    "from redrafts left join words on words.number = redrafts.words "
    "where redrafts.number in (select max(number) from redrafts where question in ({}) group by question)",
    "handover": "select * from handovers where number in (select max(number) from handovers where question in ({}) group by question)",
    "ending": "select * from endings where number in (select max(number) from endings where question in ({}) group by question)",
    "aside": "select * from asides where number in (select max(number) from asides where question in ({}) group by question)",
    "waiting": "select * from waiting where question in ({})",
}


def _only(**asked: str | None) -> tuple[str, list[str]]:
    """A condition on columns that holds only what is asked, so that an index can tell; and its values."""
    named = {name: value for name, value in asked.items() if value is not None}
    return " and ".join(f"{name} = ?" for name in named) or "true", list(named.values())


def _put(question: Row, name: str, row: Row) -> None:
    if name in ("drafts", "decisions"):
        question[name][row["version"]] = row
    else:
        question[name].append(row)


def _question(row: Row) -> Question:
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
        text=row["text"] or "", drafter=row["drafter"], lang=row["lang"], template=row["template"], note=row["note"],
        tokens=row["tokens"], promises=promises_in(row["text"] or ""), claims=tuple(Claim(fact=claim["fact"], words=claim["words"]) for claim in claims),
    )  # fmt: skip
    return Draft(
        question=row["question"], version=row["version"], words=words, by=row["by"], at=time_of(row["at"]), covers=row["covers"],
        fault=row["fault"], findings=tuple(_finding(f) for f in findings if f["version"] == row["version"]),
        commitment=row["commitment"] or "",
    )  # fmt: skip


def _finding(row: Row) -> Finding:
    return Finding(
        item=row["item"], severity=row["severity"], start=row["start"], end=row["end"], why=row["text"],
        hint=json.loads(row["about"])["hint"], liftable=bool(row["liftable"]),
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
    return Trouble(attempt=attempt["number"], why=attempt["why"], at=time_of(attempt["closed_at"]))


def _note(row: Row, draft: Row | None, newest: int) -> str:
    aside = _aside_in_force(row, draft, newest)
    if aside:
        return str(aside["why"])
    return draft["note"] if draft else ""


def _aside_in_force(row: Row, draft: Row | None, newest: int) -> Row | None:
    """Why nothing could be drafted, unless words came after it or the customer did."""
    aside = row.get("aside")
    if aside is None or aside["covers"] < newest:
        return None
    if draft is None or draft["covers"] < newest:
        return cast("Row", aside)
    return aside if _stale(row, draft) and aside["at"] >= row["redraft"]["at"] else None
