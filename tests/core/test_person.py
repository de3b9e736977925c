"""People are people, whatever account they come with."""

from __future__ import annotations

from bot.core.person import People, Person

ALICE = Person(name="Alice", slack="U01ALICE", login="alice", telegram="@Alice_At_Work")
BOB = Person(name="Bob", roles=frozenset({"reader", "money"}), deputy_of=("Alice",))
PEOPLE = People((ALICE, BOB))


def test_a_person_is_found_by_every_account_and_by_name() -> None:
    assert PEOPLE.by_slack("U01ALICE") is PEOPLE.by_telegram("alice_at_work") is PEOPLE.by_name("Alice") is ALICE


def test_an_account_that_fits_nobody_belongs_to_nobody() -> None:
    assert (PEOPLE.by_slack("U09EVE"), PEOPLE.by_telegram("@eve"), PEOPLE.by_name("Eve")) == (None, None, None)
    assert PEOPLE.by_telegram("@") is None


def test_only_approvers_and_admins_decide() -> None:
    assert ALICE.may_decide
    assert not BOB.may_decide
    assert Person(name="Root", roles=frozenset({"admin"})).may_decide


def test_a_deputy_stands_in_for_the_people_they_name() -> None:
    assert PEOPLE.deputies_of(ALICE) == (BOB,)
    assert PEOPLE.deputies_of(BOB) == ()
