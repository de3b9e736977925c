"""`candor doctor`: one line for each thing that must hold, and the mend where it does not."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.init import STARTER
from bot.core.check import Check
from bot.errors import WordsError
from bot.history.looking import looked_at
from bot.settings import load, load_house

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings

_COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


@click.command
def doctor() -> None:
    """Check settings, database, words, Slack and each channel; exit 1 when something fails."""
    failed = False
    for check in _checks():
        mark = click.style(f"{check.state:<5}", fg=_COLOURS[check.state])
        click.echo(f"{mark} {check.name}{f': {check.mend}' if check.mend else ''}")
        failed = failed or check.state == "fail"
    if failed:
        click.get_current_context().exit(1)


def _checks() -> Iterator[Check]:
    settings = load(Path.cwd(), os.environ)  # its faults are one line of their own, with exit status 2
    yield Check(name=f"settings of {settings.house.brand}", state="ok")
    for warning in settings.warnings:
        yield Check(name="settings", state="warn", mend=warning)
    yield from _people(settings)
    yield looked_at(settings.database)
    yield words_of(settings)
    yield from asyncio.run(_networks(settings))
    yield _model(settings)


def _people(settings: Settings) -> Iterator[Check]:
    """Whether the house is still the example's, and whether those who decide can do so in Slack."""
    example, people = load_house(STARTER), settings.house.people.everybody
    if settings.house.brand == example.brand:
        yield Check(name="brand", state="warn", mend="still that of the example: write your own into candor.toml")
    if tuple(replace(person, slack=None, telegram=None) for person in people) == example.people.everybody:
        yield Check(name="people", state="warn", mend="still those of the example: name your colleagues in candor.toml")
    deciders = [person for person in people if person.may_decide]
    lost = [person.name for person in deciders if not person.slack]
    if not lost or settings.slack_bot_token is None or settings.missing_for_slack:
        return
    if len(lost) == len(deciders):
        mend = "no approver has a Slack member id, so nobody can decide there: give each `slack` in candor.toml"
        yield Check(name="Slack people", state="fail", mend=mend)
    else:
        mend = f"cannot decide in Slack without `slack` in candor.toml: {', '.join(lost)}"
        yield Check(name="Slack people", state="warn", mend=mend)


def words_of(settings: Settings) -> Check:
    """Whether every template and prompt can be used."""
    from bot.drafting.prompt import prompt_in
    from bot.drafting.template import TemplateDrafter
    from bot.drafting.words import folders_of

    try:
        TemplateDrafter(folders_of("templates", settings.folder)).check_all()
        prompt_in(folders_of("prompts", settings.folder))
    except WordsError as error:
        return Check(name="templates and prompts", state="fail", mend=str(error))
    return Check(name="templates and prompts", state="ok")


async def _networks(settings: Settings) -> list[Check]:
    return [*await _telegram(settings), *await _slack(settings)]


async def _telegram(settings: Settings) -> list[Check]:
    if settings.telegram_bot_token is None:
        return [Check(name="Telegram", state="warn", mend="not set up: set TELEGRAM_BOT_TOKEN to hear customers there")]
    from bot.channels.telegram_checks import telegram_checks

    return await telegram_checks(
        token=settings.telegram_bot_token.get_secret_value(),
        api_url=settings.telegram_api_url,
        webhook_url=settings.telegram_webhook_url,
    )


async def _slack(settings: Settings) -> list[Check]:
    if missing := settings.missing_for_slack:
        return [Check(name="Slack", state="fail", mend=f"set {', '.join(missing)} as well")]
    if settings.slack_bot_token is None or settings.slack_channel is None:
        return [Check(name="Slack", state="ok", mend="not set up; questions are asked on the web desk")]
    from bot.approvals.slack.checks import checks

    app_token, signing_secret = settings.slack_app_token, settings.slack_signing_secret
    return await checks(
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=app_token.get_secret_value() if app_token else None,
        signing_secret=signing_secret.get_secret_value() if signing_secret else None,
        api_url=settings.slack_api_url,
        channel=settings.slack_channel,
        fallback_channel=settings.rules.slack.fallback_channel,
    )


def _model(settings: Settings) -> Check:
    if settings.openai_api_key is None:
        return Check(name="drafts", state="ok", mend="from templates; set OPENAI_API_KEY to let a model draft")
    return Check(name=f"drafts by {settings.openai_model}, templates behind it", state="ok")
