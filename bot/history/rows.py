"""One transaction over the memory; the classes it is made of are its table of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.history.deciding import Deciding
from bot.history.hearing import Hearing
from bot.history.nudging import Nudging
from bot.history.overseeing import Overseeing
from bot.history.painting import Painting
from bot.history.publishing import Publishing
from bot.history.searching import Searching
from bot.history.wording import Wording

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection
    from sqlite_utils import Database


class Rows(Hearing, Wording, Deciding, Publishing, Painting, Nudging, Overseeing, Searching):
    """The rows as one transaction sees them."""

    def __init__(self, db: Database, *, key: bytes, now: datetime, connection: Connection | None) -> None:
        self.db = db
        self.key = key
        self.now = now
        self.connection = connection
