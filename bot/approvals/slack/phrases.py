"""How Candor says in Slack what it knows: channels, languages, tones and reasons in plain English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.decision import DeclineKind, LeaveKind
    from bot.core.fact import Fault
    from bot.core.tone import Polarity, Tone

FAULTS: dict[Fault, str] = {"confirmed": "Our fault", "open": "Not known yet", "not_ours": "Not our fault"}
POLARITIES: dict[Polarity, str] = {"negative": "Negative", "neutral": "Neutral", "positive": "Positive"}
DECLINES: dict[DeclineKind, str] = {
    "wrong_facts": "Wrong facts",
    "wrong_tone": "Wrong tone",
    "too_vague": "Too vague",
    "not_ours": "Not ours to answer",
    "other": "Something else",
}
LEAVES: dict[LeaveKind, str] = {
    "spam": "Spam",
    "praise": "Praise that needs no reply",
    "settled_elsewhere": "Settled elsewhere",
    "other": "Something else",
}
_LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bs": "Bosnian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "ku": "Kurdish", "lt": "Lithuanian", "lv": "Latvian", "nb": "Norwegian", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def language_name(code: str) -> str:
    """The English name of a language."""
    return _LANGUAGES.get(code, "Unknown language" if code == "und" else f"Language “{code}”")


def channel_name(channel: str) -> str:
    """A channel as people write it."""
    return channel[:1].upper() + channel[1:]


def ruling_reason(why: str) -> str:
    """The kind that somebody chose, in words."""
    known = [label for kinds in (DECLINES, LEAVES) for kind, label in kinds.items() if kind == why]
    return (known[0] if known else why.replace("_", " ")).lower()


def how_it_sounds(tone: Tone, by: str) -> str:
    """Tone, flags and certainty in one breath."""
    words = [tone.polarity, *(["heated"] if tone.arousal == "heated" else []), *tone.ordered_flags]
    if by != "judge":
        return f"{', '.join(words)} (says {by})"
    sure = f"{round(tone.confidence * 100)} % sure"
    return f"{', '.join(words)} · {sure}" + ("" if tone.certain else ", please judge for yourself")


def listed(names: tuple[str, ...]) -> str:
    """Alice, Bob and Carol."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "somebody"
