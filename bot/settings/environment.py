"""What the environment and `.env` tell us, and what they should not."""

from __future__ import annotations

import io
import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dotenv.parser import parse_stream

from bot.settings.addresses import travels_readable
from bot.settings.wording import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from dotenv.parser import Binding

NOT_BUILT = {
    "BLUESKY_SERVICE_URL": "Bluesky",
    "BLUESKY_HANDLE": "Bluesky",
    "BLUESKY_APP_PASSWORD": "Bluesky",
    "MASTODON_BASE_URL": "Mastodon",
    "MASTODON_ACCESS_TOKEN": "Mastodon",
    "META_GRAPH_URL": "Facebook and Instagram",
    "META_APP_SECRET": "Facebook and Instagram",
    "META_VERIFY_TOKEN": "Facebook and Instagram",
    "META_PAGE_TOKEN": "Facebook and Instagram",
    "WEBHOOK_SECRET": "the signed webhook",
}
"""Names that are promised for later: whoever sets one learns that it does nothing yet."""
_ALMOST = 0.8
"""From this likeness on, a name in `.env` is one of ours with a typing error, not somebody else's."""
_SWAPPED = {"SLACK_BOT_TOKEN": ("xapp-", "an app token"), "SLACK_APP_TOKEN": ("xoxb-", "a bot token")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The values that are set, and what is wrong or odd about them. No line repeats a value."""

    values: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def told(folder: Path, env: Mapping[str, str], *, names: Collection[str]) -> Told:
    """Read `.env`, then the environment on top of it; an empty value means not set."""
    heard = Told()
    for name, value, line in _written(folder / ".env", heard):
        if name in names:
            heard.values[name] = value
        else:
            _complain(name, f".env line {line}: {name}", names, heard)
    heard.values.update({name: env[name] for name in names if name in env})
    early = [name for name in NOT_BUILT if env.get(name)]
    heard.warnings.extend(f"{name} is set, but {NOT_BUILT[name]} is not built yet" for name in early)
    for name, value in list(heard.values.items()):
        heard.values[name] = value.strip()
        if not value.strip():
            del heard.values[name]
    _look_closer(heard)
    return heard


def _written(file: Path, heard: Told) -> list[tuple[str, str, int]]:
    """The lines of `.env` as (name, value, line); a missing file has none."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        mode = file.stat().st_mode
    except FileNotFoundError:
        return []
    except OSError as error:
        heard.faults.append(f".env cannot be read: {error.strerror}")
        return []
    except UnicodeDecodeError:
        heard.faults.append(".env is not UTF-8 text; save it as UTF-8")
        return []
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        heard.warnings.append(".env can be read by others on this machine; run: chmod 600 .env")
    bindings = list(parse_stream(io.StringIO(text)))
    heard.faults.extend(f".env line {_line_of(one)} is not NAME=value" for one in bindings if one.error)
    return [(one.key, one.value or "", _line_of(one)) for one in bindings if one.key is not None]


def _line_of(binding: Binding) -> int:
    """The line of the name; the parser counts from the empty lines above it."""
    written = binding.original.string
    above = written[: len(written) - len(written.lstrip())]
    return binding.original.line + above.count("\n")


def _complain(name: str, where: str, names: Collection[str], heard: Told) -> None:
    """A promised name is a fault, a mistyped one too; somebody else's name is only odd."""
    if name in NOT_BUILT:
        heard.faults.append(f"{where}: {NOT_BUILT[name]} is not built yet; take the line out")
    elif near := nearest(name, names, cutoff=_ALMOST):
        heard.faults.append(f"{where} is not known; did you mean {near}?")
    else:
        heard.warnings.append(f"{where} is not a name that Candor knows")


def _look_closer(heard: Told) -> None:
    """Mistakes that only the values show: swapped tokens, spaces inside, an address that anybody can listen to."""
    if "TELEGRAM_WEBHOOK_URL" in heard.values and "TELEGRAM_WEBHOOK_SECRET" not in heard.values:
        heard.faults.append("TELEGRAM_WEBHOOK_URL needs TELEGRAM_WEBHOOK_SECRET: without it anybody could speak there")
    for name, value in heard.values.items():
        prefix, what = _SWAPPED.get(name, ("\0", ""))
        if value.startswith(prefix):
            heard.faults.append(f"{name} holds {what}: SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-")
        if name.endswith(("_TOKEN", "_KEY", "_SECRET")) and any(mark.isspace() for mark in value):
            heard.faults.append(f"{name} has a space or line break inside; copy it again")
        if name.endswith("_URL") and travels_readable(value):
            heard.warnings.append(f"{name} begins with http: what is sent there can be read on the way; use https")
