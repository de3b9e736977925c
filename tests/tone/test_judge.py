"""The judge hears everyday posts rightly, and says so when it is not sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.tone import FLAGS, POLARITIES
from bot.tone.judge import RuleJudge
from tests.tone.posts import NEGATIVE, NEUTRAL, POSITIVE

JUDGE = RuleJudge()


@pytest.mark.parametrize(("post", "flags"), NEGATIVE)
def test_a_complaint_is_heard_as_negative(post: str, flags: str) -> None:
    tone = JUDGE.judge(post)

    assert tone.polarity == "negative"
    assert tone.flags >= set(flags.split())
    assert "praise" not in tone.flags


@pytest.mark.parametrize(("post", "flags"), NEUTRAL)
def test_a_plain_question_is_neutral(post: str, flags: str) -> None:
    tone = JUDGE.judge(post)

    assert tone.polarity == "neutral"
    assert tone.flags >= set(flags.split())
    assert not tone.flags & {"complaint", "praise"}


@pytest.mark.parametrize(("post", "flags"), POSITIVE)
def test_thanks_are_heard_as_positive(post: str, flags: str) -> None:
    tone = JUDGE.judge(post)

    assert tone.polarity == "positive"
    assert tone.flags >= set(flags.split())
    assert "complaint" not in tone.flags


@pytest.mark.parametrize(
    ("post", "flag"),
    [
        ("Recht hast du, das war lecker", "legal"),
        ("Das Gericht war heute besonders gut", "legal"),
        ("This is no legal advice, just a tip", "legal"),
        ("Wir sind Feuer und Flamme für euer Brot", "safety"),
        ("The cake is to die for", "safety"),
        ("Eure Filiale neben dem Krankenhaus ist die beste", "safety"),
        ("Mir wurde sofort geholfen", "urgent"),
        ("Das hat keine Eile, ist nicht dringend", "urgent"),
        ("Please press the button twice", "press"),
        ("Die Saftpresse ist super", "press"),
        ("Bin ich zu dumm oder ist der Link weg", "offence"),
        ("Do you sell gluten free bread?", "spam"),
        ("Wie schön, dass ihr wieder auf habt!", "question"),
        ("Who cares about the weather", "question"),
        ("Keine Frage, das beste Brot der Stadt", "question"),
    ],
)
def test_what_only_looks_like_a_flag_raises_none(post: str, flag: str) -> None:
    assert flag not in JUDGE.judge(post).flags


@pytest.mark.parametrize(
    "post",
    [
        "Hai ich hätte eine Frage",
        "Wann macht ihr zu",
        "habt ihr morgen offen",
        "what time do you close",
        "Weiß jemand, ob heute offen ist",
    ],
)
def test_a_question_needs_no_mark(post: str) -> None:
    assert "question" in JUDGE.judge(post).flags


@pytest.mark.parametrize(
    ("post", "arousal"),
    [
        ("DAS IST EINE FRECHHEIT!!! SEIT WOCHEN NICHTS!", "heated"),
        ("Ihr seid solche Idioten", "heated"),
        ("WORST SERVICE EVER!!! Disgraceful!", "heated"),
        ("I am disappointed, the bread was stale.", "calm"),
        ("Schade, das Paket kam zu spät.", "calm"),
        ("DANKE!!! IHR SEID SUPER!!!", "calm"),
    ],
)
def test_anger_is_heat_and_joy_or_disappointment_is_not(post: str, arousal: str) -> None:
    assert JUDGE.judge(post).arousal == arousal


@pytest.mark.parametrize(
    "post",
    [
        "Danke!",  # fewer than three words
        "Ich schalte jetzt meinen Anwalt ein, das Paket ist immer noch nicht da.",  # law
        "Mein Sohn hat sich am Brot verletzt, das ist schlimm.",  # injury
        "Na toll, schon wieder ist der Zug ausgefallen.",  # irony
        "Das Brot ist super lecker, aber die Bedienung war sehr unfreundlich.",  # contradiction
        "Mon colis n'est toujours pas arrivé, c'est inadmissible.",  # third language
        "Heute kam der Brief vom Nachbarn an.",  # little evidence
    ],
)
def test_where_a_person_should_judge_the_judge_says_so(post: str) -> None:
    assert not JUDGE.judge(post).certain


@pytest.mark.parametrize(
    "post",
    [
        "Mein Paket ist immer noch nicht da.",
        "Thank you so much, the cake was perfect!",
        "Wann habt ihr morgen offen?",
        "What time do you open on Sunday?",
    ],
)
def test_plain_posts_need_no_second_judge(post: str) -> None:
    assert JUDGE.judge(post).certain


def test_a_negation_turns_the_meaning_round() -> None:
    assert JUDGE.judge("Das Brot schmeckt mir heute leider gar nicht").polarity == "negative"
    assert JUDGE.judge("The bread is not good today").polarity == "negative"
    assert JUDGE.judge("No complaints, all good").polarity == "positive"


def test_what_comes_after_but_weighs_more() -> None:
    assert JUDGE.judge("The queue was long but the cake was amazing and the staff friendly").polarity == "positive"


def test_the_language_of_the_channel_is_believed_and_a_language_we_do_not_speak_is_never_certain() -> None:
    assert JUDGE.judge("ok", lang="de").lang == "de"
    assert JUDGE.judge("👍", lang="en-GB").lang == "en"
    assert not RuleJudge(languages=("en",)).judge("Mein Paket ist immer noch nicht da.").certain


@pytest.mark.parametrize(
    "post",
    [
        "",
        "   ",
        "\x00",
        "😀😀",
        "a" * 100_000,
        "wir " * 30_000,
        "<b>hi</b> &amp; <script>",
        "مرحبا بكم في متجرنا",
        "\u202e\u200b",
        "\ud800",
        "!" * 5000,
    ],
)
def test_no_post_is_too_strange(post: str) -> None:
    tone = JUDGE.judge(post)

    assert tone.polarity in POLARITIES
    assert not tone.certain


def test_emoji_alone_have_a_mood_and_no_language() -> None:
    tone = JUDGE.judge("😡😡😡")

    assert (tone.lang, tone.polarity, tone.certain) == ("und", "negative", False)


def test_hidden_characters_do_not_change_what_is_heard() -> None:
    assert JUDGE.judge("Das ist eine Frech\u200bheit, nie wie\u00adder!") == JUDGE.judge(
        "Das ist eine Frechheit, nie wieder!"
    )


@given(st.text(max_size=400), st.sampled_from([None, "de", "en", "tr", "und"]))
def test_every_text_gets_a_tone(text: str, lang: str | None) -> None:
    tone = JUDGE.judge(text, lang)

    assert 0 <= tone.confidence <= 1
    assert tone.flags <= set(FLAGS)
    assert tone == JUDGE.judge(text, lang)
