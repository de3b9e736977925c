"""What this house was told before it opens: its rules from `candor.toml`, its keys from the environment or `.env`."""

from __future__ import annotations

from pathlib import Path  # pydantic reads the annotations
from typing import TYPE_CHECKING, Annotated

from pydantic import GetPydanticSchema, SecretStr, ValidationError
from pydantic_core import core_schema
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import SettingsError
from bot.settings.addresses import Database, SlackAddress, TelegramAddress, WebAddress  # likewise
from bot.settings.environment import told
from bot.settings.house_file import Rules, rules_from
from bot.settings.wording import faults_from

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.house import House

_Ready = GetPydanticSchema(lambda of, _: core_schema.is_instance_schema(of))
"""Checked already when `candor.toml` was read: only the type is looked at again."""


class Settings(BaseSettings):
    """Everything a room may ask about this house; nothing in it changes while the house is open."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid")

    folder: Path
    """The working folder: `candor.toml`, `.env`, and the database where its address is relative."""
    rules: Annotated[Rules, _Ready]
    warnings: tuple[str, ...] = ()
    """What does not stand in the way but should be mended: one line each, for `doctor` and the log."""

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: TelegramAddress = "https://api.telegram.org"
    telegram_webhook_url: WebAddress | None = None
    telegram_webhook_secret: SecretStr | None = None
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: SlackAddress = "https://slack.com/api/"
    slack_channel: str | None = None
    openai_api_key: SecretStr | None = None
    openai_base_url: WebAddress | None = None
    openai_model: str = "gpt-5.4-mini"
    database_url: Database = "sqlite:///candor.db"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take only what `load` hands in: the environment is an argument, not something read behind our back."""
        return (init_settings,)

    @property
    def house(self) -> House:
        """What `candor.toml` says about how we speak and who works here."""
        return self.rules.house

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / self.database_url.removeprefix("sqlite:///")

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret in the clear, for the log's redaction only."""
        values = (getattr(self, name) for name in type(self).model_fields)
        return tuple(value.get_secret_value() for value in values if isinstance(value, SecretStr))

    @property
    def missing_for_slack(self) -> tuple[str, ...]:
        """The names still to be set before questions can be asked in Slack; none while Slack is not wanted at all."""
        if self.slack_bot_token is None and self.slack_app_token is None and self.slack_channel is None:
            return ()
        wanted = {"SLACK_BOT_TOKEN": self.slack_bot_token, "SLACK_CHANNEL": self.slack_channel}
        if self.slack_signing_secret is None:
            wanted["SLACK_APP_TOKEN"] = self.slack_app_token
        return tuple(name for name, value in wanted.items() if not value)


NAMES = tuple(name.upper() for name in Settings.model_fields if name not in ("folder", "rules", "warnings"))
"""The names of the environment that are built."""


def load(folder: Path, env: Mapping[str, str], *, house_needed: bool = True) -> Settings:
    """Read `candor.toml` and `.env` of a folder, with the environment on top.

    Args:
        folder: The working folder.
        env: The environment; it wins over `.env`. Names that are not ours do not matter.
        house_needed: False lets a missing `candor.toml` pass, with an ordinary house in its place.

    Raises:
        SettingsError: every fault of both files and the environment, named together in one line.
    """
    rules, faults = rules_from(folder, needed=house_needed)
    heard = told(folder, env, names=NAMES)
    faults += heard.faults
    values = {name.lower(): value for name, value in heard.values.items()}
    warnings = (*rules.warnings, *heard.warnings)
    try:
        settings = Settings(folder=folder, rules=rules, warnings=warnings, **values)  # type: ignore[arg-type]
    except ValidationError as error:
        faults += [f"{path.upper()} {what}" for path, what in faults_from(error, Settings)]
    if faults:
        raise SettingsError("; ".join(faults))
    return settings


def load_house(folder: Path) -> House:
    """Read only the rules of the house, for commands that need no key; without a `candor.toml` an ordinary house.

    Raises:
        SettingsError: every fault of `candor.toml`, named together in one line.
    """
    rules, faults = rules_from(folder, needed=False)
    if faults:
        raise SettingsError("; ".join(faults))
    return rules.house
