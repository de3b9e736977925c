"""How one house speaks in Slack: in its first language, with times that Slack shows in each reader's own zone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.approvals.slack.wording import escaped, within
from bot.approvals.why import language_in
from bot.approvals.wording import Wording, wording_of_slack

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.core.house import House
    from bot.core.tone import Tone

_MINUTES_SAID, _HOURS_SAID = 90, 48
_WHY_LIMIT, _NAME_LIMIT = 500, 80
_ENDS = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Speech(Wording):
    """The words of Slack in one language, and the time zone of the house."""

    zone: ZoneInfo

    def moment(self, at: datetime) -> str:
        """A time that Slack shows in the reader's own zone."""
        return f"<!date^{int(at.timestamp())}^{{date_short_pretty}}, {{time}}|{self.local(at)}>"

    def local(self, at: datetime) -> str:
        """A time as the people of this house read it on their wall."""
        return self.say("time.moment", at=at.astimezone(self.zone))

    def ago(self, at: datetime, now: datetime) -> str:
        """An age that Slack keeps fresh; read aloud as it was when the card was drawn."""
        return f"<!date^{int(at.timestamp())}^{{ago}}|{self._span('ago', max(0.0, (now - at).total_seconds()))}>"

    def span(self, seconds: float) -> str:
        """A stretch of time as people say it: `5 min`, `3 h`, `2 days`."""
        return self._span("span", seconds)

    def listed(self, names: Sequence[str]) -> str:
        """Alice, Bob and Carol."""
        known = names or [self.words["somebody"]]
        return self.words["and"].join([part for part in (", ".join(known[:-1]), known[-1]) if part])

    def kind(self, why: str) -> str:
        """The kind that somebody chose for declining or leaving alone."""
        return self.words.get(f"decline.{why}") or self.words.get(f"leave.{why}") or why.replace("_", " ")

    def quoted(self, said: str) -> str:
        """Somebody's words between our own."""
        return self.say("quoted", said=said)

    def sentence(self, line: str) -> str:
        """Why something is as it is, as a whole sentence that is nobody's markup."""
        said = within(self.why(line), _WHY_LIMIT)
        return said if said.endswith(_ENDS) else f"{said}."

    def language(self, code: str) -> str:
        """What a language is called."""
        return escaped(language_in(code, self.lang))

    def sounds(self, tone: Tone, by: str) -> str:
        """Tone, flags and certainty in one breath."""
        heard = [self.one_of("polarity", tone.polarity), *self._heated(tone), *self.flags(tone.ordered_flags)]
        words = ", ".join(heard)
        if by != "judge":
            return f"{words} ({self.say('line.says', who=escaped(by))})"
        sure = self.say("line.sure", percent=round(tone.confidence * 100))
        return f"{words} · {sure}" if tone.certain else f"{words} · {sure}, {self.say('line.judge')}"

    def flags(self, flags: Sequence[str]) -> list[str]:
        """What else is heard in a post."""
        return [self.one_of("flag", flag) for flag in flags]

    def _heated(self, tone: Tone) -> list[str]:
        return [self.one_of("arousal", tone.arousal)] if tone.arousal == "heated" else []

    def _span(self, kind: str, seconds: float) -> str:
        minutes = round(seconds / 60)
        if minutes < _MINUTES_SAID:
            return self.say(f"time.{kind}.minutes", n=minutes)
        hours = round(minutes / 60)
        if hours < _HOURS_SAID:
            return self.say(f"time.{kind}.hours", n=hours)
        return self.say(f"time.{kind}.days", n=round(hours / 24))


@cache
def speech_in(lang: str, zone: str) -> Speech:
    """Slack's words in one language."""
    spoken = wording_of_slack(lang)
    return Speech(spoken.lang, spoken.words, ZoneInfo(zone))


def speech_of(house: House) -> Speech:
    """The house speaks its first language; English where we do not speak that."""
    return speech_in(next(iter(house.languages), "en"), house.timezone)


def channel_name(channel: str) -> str:
    """A channel as people write it, and nobody's markup: in a file of old posts it may be called anything."""
    return within(capital(channel), _NAME_LIMIT)


def capital(words: str) -> str:
    """The same with a capital letter in front."""
    return words[:1].upper() + words[1:]
