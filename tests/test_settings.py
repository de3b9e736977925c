"""Settings are read at the door; whatever is wrong with them is named at once, in words, and without a secret."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.settings import NAMES, load, load_house
from bot.settings.environment import NOT_BUILT
from bot.settings.house_file import HouseFile

if TYPE_CHECKING:
    from pathlib import Path

SMALL = 'brand = "Corner Bakery"\nsecond_person = "none"\n[[people]]\nname = "Alice"\n'
TOKEN = "7219034455:" + "AAH" + "k3Jd9sPq_XyZ-0123456789abcdefgh"


def a_house(folder: Path, toml: str = SMALL, env: str | None = None) -> Path:
    (folder / "candor.toml").write_text(toml, encoding="utf-8")
    if env is not None:
        (folder / ".env").write_text(env, encoding="utf-8")
        (folder / ".env").chmod(0o600)
    return folder


def complaint_about(folder: Path, **env: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(folder, env)
    return str(caught.value)


def test_a_name_and_a_person_are_enough(tmp_path: Path) -> None:
    settings = load(a_house(tmp_path), {})

    assert settings.house.brand == "Corner Bakery"
    assert settings.database == tmp_path / "candor.db"
    assert settings.telegram_bot_token is None
    assert settings.missing_for_slack == ()


def test_everything_of_the_file_reaches_the_house(tmp_path: Path) -> None:
    toml = """
    brand = "Corner Bakery"
    timezone = "Europe/Vienna"
    languages = ["de"]
    second_person = "required"
    brand_words = ["corner"]
    allow = ["@corner"]
    promise_hours = 1.5
    second_look_seconds = 30
    keep_raw_days = 2
    [[people]]
    name = "Alice"
    slack = "U01ALICE"
    login = "alice"
    telegram = "@alice"
    roles = ["admin", "legal"]
    [[people]]
    name = "Bob"
    deputy_of = ["Alice"]
    [address]
    telegram = "du"
    [slack]
    fallback_channel = "C2"
    [desk]
    port = 9000
    """
    settings = load(a_house(tmp_path, toml), {})
    house = settings.house
    alice = house.people.by_slack("U01ALICE")

    assert alice is not None
    assert alice.roles == {"admin", "legal"}
    assert [person.name for person in house.people.deputies_of(alice)] == ["Bob"]
    assert (house.timezone, house.languages, house.allow) == ("Europe/Vienna", ("de",), ("@corner",))
    assert (house.address_on("telegram"), house.address_on("mail")) == ("du", "Sie")
    assert (house.promise_within, house.keep_raw) == (timedelta(hours=1.5), timedelta(days=2))
    assert house.second_look_after == timedelta(seconds=30)
    assert (settings.rules.slack.fallback_channel, settings.rules.desk.port) == ("C2", 9000)
    assert settings.warnings == ()


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    settings = load(a_house(tmp_path, env="SLACK_CHANNEL=C1\nOPENAI_MODEL=small\n"), {"SLACK_CHANNEL": "C2"})

    assert (settings.slack_channel, settings.openai_model) == ("C2", "small")


def test_an_empty_value_in_the_environment_switches_a_key_off(tmp_path: Path) -> None:
    settings = load(a_house(tmp_path, env="OPENAI_API_KEY=sk-abc\n"), {"OPENAI_API_KEY": ""})

    assert settings.openai_api_key is None


def test_names_that_are_not_ours_do_not_matter_in_the_environment(tmp_path: Path) -> None:
    settings = load(a_house(tmp_path), {"PATH": "/bin", "TELEGRAM_TOKEN": "x", "SLACK_CHANNEL_ID": "y"})

    assert [warning.partition(" = ")[0] for warning in settings.warnings] == ["candor.toml: second_person"]


@pytest.mark.parametrize("name", NOT_BUILT)
def test_what_is_not_built_yet_is_refused_in_the_file_and_told_in_the_environment(tmp_path: Path, name: str) -> None:
    assert "is set, but" in load(a_house(tmp_path), {name: "x"}).warnings[-1]
    assert f".env line 1: {name}: " in complaint_about(a_house(tmp_path, env=f"{name}=x\n"))


def test_a_mistyped_name_in_the_file_is_told_the_right_one(tmp_path: Path) -> None:
    told = complaint_about(a_house(tmp_path, env="# keys\nTELEGRAM_BOT_TOKN=1\n"))

    assert told == ".env line 2: TELEGRAM_BOT_TOKN is not known; did you mean TELEGRAM_BOT_TOKEN?"


def test_a_foreign_name_in_the_file_is_only_odd(tmp_path: Path) -> None:
    settings = load(a_house(tmp_path, env="COMPOSE_PROJECT_NAME=shop\n"), {})

    assert ".env line 1: COMPOSE_PROJECT_NAME is not a name that Candor knows" in settings.warnings


def test_a_line_that_is_no_setting_is_named(tmp_path: Path) -> None:
    assert complaint_about(a_house(tmp_path, env="\nhello there\n")) == ".env line 2 is not NAME=value"


def test_all_faults_are_named_together_with_their_lines(tmp_path: Path) -> None:
    people = '[[people]]\nname = "A"\nroles = ["aprover"]\n'
    toml = f'brand = "x"\ntimezon = "y"\nlanguages = ["fr"]\n{people}[desk]\nport = "1"\n'
    told = complaint_about(a_house(tmp_path, toml, env="META_APP_SECRET=1\n"), DATABASE_URL="postgresql://x")

    assert told.split("; ") == [
        "candor.toml line 3: languages[0] must be 'de' or 'en'",
        "candor.toml line 6: people[0].roles[0] must be 'reader', 'approver', 'admin', 'money' or 'legal'",
        "candor.toml line 8: desk.port must be a whole number",
        "candor.toml line 2: timezon is not known",
        "did you mean 'timezone'?",
        ".env line 1: META_APP_SECRET: Facebook and Instagram is not built yet",
        "take the line out",
        "DATABASE_URL names PostgreSQL, which is not built yet",
        "write sqlite:///candor.db",
    ]


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("", "brand is missing"),
        (SMALL.replace("Corner Bakery", ""), "line 1: brand must not be empty"),
        ('brand = "x"\n', "people is missing"),
        ('brand = "x"\npeople = []\n', "line 2: people must not be empty"),
        (SMALL + 'roles = ["reader"]\n', "nobody may approve"),
        (SMALL + 'rols = ["reader"]\n', "line 5: people[0].rols is not known; did you mean 'roles'?"),
        (SMALL + 'slack = "@alice"\n', "line 5: people[0].slack must be a member id like U01ALICE"),
        (SMALL + 'deputy_of = ["Alice"]\n', "line 5: people[0]: nobody stands in for themselves"),
        (SMALL + 'deputy_of = ["Alicia"]\n', "there is no 'Alicia'; did you mean 'Alice'?"),
        (SMALL + '[[people]]\nname = "alice"\n', "line 6: people[1].name is the same as another person's"),
        (SMALL + '[address]\ntelegramm = "du"\n', "line 6: address.telegramm is not known; did you mean 'telegram'?"),
        (SMALL + '[address]\ntelegram = "Du"\n', "line 6: address.telegram must be 'Sie', 'du' or 'neutral'"),
        (SMALL.replace("\n", '\ntimezone = "Europe/Berln"\n', 1), "did you mean 'Europe/Berlin'?"),
        (SMALL.replace("\n", '\ntimezone = "Europe"\n', 1), "timezone 'Europe' does not exist"),
        (SMALL.replace("\n", '\ntimezone = "../etc/passwd"\n', 1), "does not exist"),
        (SMALL.replace("\n", "\npromise_hours = nan\n", 1), "line 2: promise_hours must be"),
        (SMALL.replace("\n", "\npromise_hours = true\n", 1), "line 2: promise_hours must be a number"),
        (SMALL.replace("\n", '\nlanguages = ["de", "de"]\n', 1), "line 2: languages names one twice"),
        (SMALL.replace("\n", '\nallow = "x"\n', 1), "line 2: allow must be a list"),
        ("brand = \n", "candor.toml: Invalid value"),
    ],
)
def test_a_fault_is_told_in_words(tmp_path: Path, toml: str, told: str) -> None:
    assert told in complaint_about(a_house(tmp_path, toml))


@pytest.mark.parametrize("account", ['slack = "U1"', 'login = "al"', 'telegram = "@al"'])
def test_two_people_never_share_an_account(tmp_path: Path, account: str) -> None:
    toml = f'brand = "x"\n[[people]]\nname = "A"\n{account}\n[[people]]\nname = "B"\n{account.replace("@", "")}\n'

    assert "is the same as another person's" in complaint_about(a_house(tmp_path, toml))


def test_a_house_where_nobody_can_sign_second_is_warned(tmp_path: Path) -> None:
    settings = load(a_house(tmp_path, 'brand = "x"\n[[people]]\nname = "A"\n'), {})

    assert settings.warnings[0].startswith("candor.toml: only one person may approve")


def test_without_a_file_only_commands_that_allow_it_get_an_ordinary_house(tmp_path: Path) -> None:
    assert "`candor init` writes one" in complaint_about(tmp_path)
    assert load(tmp_path, {}, house_needed=False).house.people.everybody == ()
    assert load_house(tmp_path).languages == ("de", "en")


def test_a_file_that_is_no_text_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "candor.toml").write_bytes(b"brand = \xff")
    (tmp_path / ".env").mkdir()

    assert complaint_about(tmp_path) == (
        "candor.toml is not UTF-8 text; save it as UTF-8; .env cannot be read: Is a directory"
    )


def test_a_file_of_endless_brackets_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "candor.toml").write_text("brand = " + "[" * 100_000, encoding="utf-8")

    assert complaint_about(tmp_path).startswith("candor.toml: ")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "candor.toml").write_text("\ufeff" + SMALL, encoding="utf-8")

    assert load_house(tmp_path).brand == "Corner Bakery"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1", "SLACK_BOT_TOKEN holds an app token"),
        ("SLACK_APP_TOKEN", "xoxb-1", "SLACK_APP_TOKEN holds a bot token"),
        ("TELEGRAM_BOT_TOKEN", "12:a b", "has a space or line break inside"),
        ("TELEGRAM_API_URL", "https://api.telegram.org/bot", "is written without /bot at its end"),
        ("TELEGRAM_API_URL", "api.telegram.org", "must be an address like"),
        ("TELEGRAM_API_URL", "http://[", "must be an address like"),
        ("TELEGRAM_WEBHOOK_URL", "https://example.com/t", "needs TELEGRAM_WEBHOOK_SECRET"),
        ("SLACK_API_URL", "https://slack.com/", "SLACK_API_URL must end in /api/"),
        ("OPENAI_BASE_URL", "https://me:pw@example.com/v1", "must not carry a name or password"),
        ("DATABASE_URL", "postgresql+psycopg://u:pw@db/candor", "not built yet"),
        ("DATABASE_URL", "candor.db", "must name a file, like sqlite:///candor.db"),
        ("DATABASE_URL", "sqlite://", "must name a file"),
    ],
)
def test_a_wrong_value_is_told_without_repeating_it(tmp_path: Path, name: str, value: str, told: str) -> None:
    complaint = complaint_about(a_house(tmp_path), **{name: value})

    assert complaint.startswith(name)
    assert told in complaint
    assert "pw" not in complaint


def test_addresses_get_the_shape_that_rooms_rely_on(tmp_path: Path) -> None:
    env = {"TELEGRAM_API_URL": "http://127.0.0.1:9/", "SLACK_API_URL": "http://127.0.0.1:9/api"}
    settings = load(a_house(tmp_path), env)

    assert settings.telegram_api_url == "http://127.0.0.1:9"
    assert settings.slack_api_url == "http://127.0.0.1:9/api/"
    assert not any("http" in warning for warning in settings.warnings)


def test_an_address_that_anybody_can_listen_to_is_warned_about(tmp_path: Path) -> None:
    settings = load(a_house(tmp_path), {"OPENAI_BASE_URL": "http://models.example/v1"})

    assert settings.warnings[-1].startswith("OPENAI_BASE_URL begins with http:")


def test_a_database_may_lie_elsewhere(tmp_path: Path) -> None:
    settings = load(a_house(tmp_path), {"DATABASE_URL": "sqlite:////srv/candor.db"})

    assert str(settings.database) == "/srv/candor.db"


def test_keys_that_others_can_read_are_warned_about(tmp_path: Path) -> None:
    folder = a_house(tmp_path, env="OPENAI_MODEL=x\n")
    (folder / ".env").chmod(0o644)

    assert load(folder, {}).warnings[-1] == ".env can be read by others on this machine; run: chmod 600 .env"


def test_what_slack_still_needs_is_named(tmp_path: Path) -> None:
    folder = a_house(tmp_path)

    assert load(folder, {"SLACK_BOT_TOKEN": "xoxb-1"}).missing_for_slack == ("SLACK_CHANNEL", "SLACK_APP_TOKEN")
    complete = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_CHANNEL": "C1", "SLACK_SIGNING_SECRET": "s"}
    assert load(folder, complete).missing_for_slack == ()


def test_no_secret_is_printed_with_the_settings(tmp_path: Path) -> None:
    settings = load(a_house(tmp_path), {"TELEGRAM_BOT_TOKEN": TOKEN})

    assert TOKEN not in f"{settings!r} {settings}"
    assert settings.secrets == (TOKEN,)


def test_every_name_that_is_built_is_no_longer_called_unbuilt() -> None:
    assert not set(NAMES) & set(NOT_BUILT)


@given(text=st.text())
def test_no_file_is_so_odd_that_it_is_not_answered_in_words(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("house", numbered=True)
    (folder / "candor.toml").write_text(text, encoding="utf-8", errors="replace", newline="")

    with pytest.raises(SettingsError, match=r"^candor\.toml"):
        load_house(folder)


@given(key=st.from_regex(r"[a-z_]{1,12}", fullmatch=True), value=st.integers() | st.booleans() | st.text("ab"))
def test_an_unknown_key_is_never_overlooked(key: str, value: object, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("house", numbered=True)
    written = str(value).lower() if isinstance(value, bool | int) else f'"{value}"'
    if key in HouseFile.model_fields:
        return

    with pytest.raises(SettingsError, match=f"line 1: {key} is not known"):
        load_house(a_house(folder, f"{key} = {written}\n{SMALL}"))
    assert tomllib.loads(f"{key} = {written}")
