"""The shapes that addresses must have, each told in one line when it has another."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def is_loopback(host: str) -> bool:
    """Whether a name means this machine and nobody else."""
    return host in LOOPBACK


def travels_readable(address: str) -> bool:
    """Whether a secret sent there could be read on the way; False for what is no address at all."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "http" and not is_loopback(parts.hostname or "")


def _web(address: str) -> str:
    problem = "must be an address like https://example.com"
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError as error:  # a port that is no number, brackets that do not close
        raise ValueError(problem) from error
    if parts.scheme not in ("http", "https") or not named or any(mark.isspace() for mark in address):
        raise ValueError(problem)
    if parts.username or parts.password:
        raise ValueError("must not carry a name or password")
    return address


def _telegram(address: str) -> str:
    address = _web(address).rstrip("/")
    if address.endswith("/bot"):
        raise ValueError("is written without /bot at its end")
    return address


def _slack(address: str) -> str:
    address = _web(address).rstrip("/") + "/"
    if not address.endswith("/api/"):
        raise ValueError("must end in /api/")
    return address


def _database(address: str) -> str:
    if address.startswith(("postgres://", "postgresql")):
        raise ValueError("names PostgreSQL, which is not built yet; write sqlite:///candor.db")
    path = address.removeprefix("sqlite:///")
    if path == address or not path or "?" in path or path == ":memory:":
        raise ValueError("must name a file, like sqlite:///candor.db (sqlite:////srv/candor.db from the root)")
    return address


WebAddress = Annotated[str, AfterValidator(_web)]
TelegramAddress = Annotated[str, AfterValidator(_telegram)]
"""Without the `/bot` part and without a slash at its end."""
SlackAddress = Annotated[str, AfterValidator(_slack)]
"""Ends in `/api/`."""
Database = Annotated[str, AfterValidator(_database)]
"""`sqlite:///file`; PostgreSQL comes later."""
