"""The tables of the memory: the journey that nobody rewrites, people's words apart, and a few work lists.

Times are ISO 8601 in UTC with microseconds, so that text order is time order. `post`, `person` and `thread` are
keyed hashes: they recognise, and tell nothing. Migrations are numbered, append-only, and never edited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

_FIRST_JOURNEY = (
    "mentions", "questions", "tones", "faults", "redrafts", "drafts", "findings", "cards", "signatures", "handovers",
    "decisions", "attempts", "outcomes", "replies", "promises", "endings", "asides", "refusals", "overheard", "unsent",
    "switches",
)  # fmt: skip
JOURNEY = (*_FIRST_JOURNEY, "told")
"""Insert-only: one row per step, with who and when."""

_TABLES = """
create table keys (name text primary key, value blob not null);
create table words (
    number integer primary key, kind text not null, person text, text text not null, about text not null default '{}',
    salt blob not null, at text not null);
create table raw (channel text not null, id integer not null, body text not null, at text not null,
    primary key (channel, id));
create table seen (id text primary key, at text not null);

create table questions (
    number integer primary key, channel text not null, person text not null, thread text not null,
    public integer not null, replayed integer not null, opened_at text not null);
create index questions_by_person on questions (channel, thread, person);
create table mentions (
    number integer primary key, question integer not null references questions (number), channel text not null,
    post text not null, version integer not null, aimed text not null, words integer not null references words (number),
    commitment text not null, said_at text not null, heard_at text not null, unique (post, version));
create index mentions_by_question on mentions (question, number);
create table tones (
    number integer primary key, question integer not null, covers integer not null, lang text not null,
    polarity text not null, confidence real not null, arousal text not null, flags text not null,
    certain integer not null, by text not null, at text not null);
create index tones_by_question on tones (question, number);
create table faults (
    number integer primary key, question integer not null, fault text not null, by text not null, surface text not null,
    at text not null);
create index faults_by_question on faults (question, number);
create table redrafts (
    number integer primary key, question integer not null, after integer not null, why text not null, by text not null,
    words integer references words (number), commitment text, at text not null);
create index redrafts_by_question on redrafts (question, after);
create table drafts (
    question integer not null, version integer not null, covers integer not null, drafter text not null, by text not null,
    lang text not null, template text, fault text not null, needs integer not null,
    words integer references words (number), commitment text, note text not null, redraft integer not null,
    tokens integer not null, at text not null, primary key (question, version));
create table findings (
    number integer primary key, question integer not null, version integer not null, item text not null,
    severity text not null, start integer not null, "end" integer not null, liftable integer not null,
    words integer not null references words (number), commitment text not null);
create index findings_by_draft on findings (question, version);
create table cards (
    number integer primary key, question integer not null, surface text not null, place text, drawn integer not null,
    at text not null);
create index cards_by_question on cards (question, number);
create index cards_by_place on cards (place);
create table signatures (
    number integer primary key, question integer not null, version integer not null, person text not null,
    look integer not null, commitment text not null, surface text not null, words integer references words (number),
    reason_commitment text, at text not null, unique (question, version, person, look));
create table handovers (
    number integer primary key, question integer not null, kind text not null, person text not null, to_person text,
    until text, surface text not null, at text not null);
create index handovers_by_question on handovers (question, number);
create table decisions (
    question integer not null, version integer not null, kind text not null, why text not null, by text not null,
    surface text not null, words integer references words (number), commitment text, at text not null,
    primary key (question, version));
create table attempts (
    number integer primary key, question integer not null, version integer not null, try integer not null,
    key text not null, mention integer not null, commitment text not null, at text not null,
    unique (question, version, try));
create table outcomes (
    number integer primary key, attempt integer not null, kind text not null, by text not null, why text not null,
    again_at text, at text not null);
create index outcomes_by_attempt on outcomes (attempt, number);
create table replies (
    question integer not null, version integer not null, attempt integer not null, post text not null,
    outbox integer not null, words integer not null references words (number), commitment text not null,
    at text not null, primary key (question, version));
create index replies_by_post on replies (post);
create index replies_by_time on replies (at);
create table promises (
    number integer primary key, question integer not null, version integer not null, owner text not null,
    due_at text not null, words integer not null references words (number), commitment text not null, at text not null);
create index promises_by_question on promises (question);
create table endings (
    number integer primary key, question integer not null, covers integer not null, kind text not null,
    version integer not null, at text not null);
create index endings_by_question on endings (question, covers);
create table asides (
    number integer primary key, question integer not null, covers integer not null, why text not null, at text not null);
create index asides_by_question on asides (question, covers);
create table refusals (
    number integer primary key, question integer not null, surface text not null, why text not null,
    words integer not null references words (number), commitment text not null, at text not null);
create table overheard (
    number integer primary key, question integer not null, post text not null unique, by text not null,
    words integer not null references words (number), commitment text not null, at text not null);
create index overheard_by_question on overheard (question);
create table unsent (
    number integer primary key, question integer not null, version integer not null, by text not null,
    why text not null, words integer not null references words (number), commitment text not null, at text not null);
create table switches (number integer primary key, kind text not null, by text not null, at text not null);

create table waiting (question integer primary key, since text not null, due_at text not null, nudged integer not null default 0, channel text not null, lacks_draft integer not null,
    standing text not null);
create index waiting_by_standing on waiting (standing, due_at, question);
create index waiting_by_due on waiting (due_at, question);
create index waiting_for_draft on waiting (question) where lacks_draft = 1;
create table stale_cards (question integer primary key, changed integer not null, rank text not null);
create index stale_cards_by_rank on stale_cards (rank);
create table unsettled (question integer not null, version integer not null, again_at text not null,
    primary key (question, version));
create table outbox (number integer primary key, key text not null unique, question integer not null,
    version integer not null, words integer not null references words (number), at text not null);
"""

_NEWS = """
create table told (
    number integer primary key, question integer not null, kind text not null, subject integer not null,
    card text not null, post text, at text not null);
create index told_by_subject on told (question, kind, subject);
create table untold (question integer not null, kind text not null, subject integer not null,
    put_off text not null default '', primary key (question, kind, subject));
create index untold_by_turn on untold (put_off);
"""


def m001_the_journey(db: Database) -> None:
    """One table per step; words apart; work lists that can be rebuilt from the journey."""
    for statement in _TABLES.split(";"):
        if statement.strip():
            db.execute(statement)


def m002_insert_only(db: Database) -> None:
    """Nobody rewrites the past, not even us."""
    _guard(db, *_FIRST_JOURNEY)


def m003_search(db: Database) -> None:
    """Full-text search over people's words, in German and English alike."""
    db.table("words").enable_fts(["text"], create_triggers=True, tokenize="unicode61 remove_diacritics 2")


def m004_news_in_threads(db: Database) -> None:
    """What is told below a card: a row before each call and one after it, and the list of what is still to be told."""
    for statement in _NEWS.split(";"):
        if statement.strip():
            db.execute(statement)
    _guard(db, "told")


def _guard(db: Database, *tables: str) -> None:
    for table in tables:
        for verb in ("update", "delete"):
            db.execute(
                f"create trigger {table}_no_{verb} before {verb} on {table} "
                "begin select raise(abort, 'history is insert-only'); end"
            )


MIGRATIONS: tuple[Callable[[Database], None], ...] = (
    m001_the_journey, m002_insert_only, m003_search, m004_news_in_threads,
)  # fmt: skip
"""In order; `pragma user_version` counts how many were applied."""
