"""A bakery's morning: questions as they lie on the desk, in German and English."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.core.draft import Claim, Draft, Words
from bot.core.finding import Finding
from bot.core.house import House
from bot.core.mention import Mention
from bot.core.person import People, Person
from bot.core.question import Post, Promise, Question, Reply, Trouble
from bot.core.tone import Tone
from bot.core.why import Why
from tests.approvals.web.pretend import MORNING, PretendDecisions

if TYPE_CHECKING:
    from bot.core.question import Standing

TOM = Person(name="Tom", login="tom", roles=frozenset({"approver", "admin"}))
AYLIN = Person(name="Aylin", login="aylin", roles=frozenset({"approver"}))
RITA = Person(name="Rita", login="rita", roles=frozenset({"reader"}))
PEOPLE = People((TOM, AYLIN, RITA))


def a_house(**changes: Any) -> House:
    """A bakery with two people who decide and one who reads."""
    rules: dict[str, Any] = {"brand": "Bäckerei Krume", "people": PEOPLE}
    return House(**(rules | changes))


def a_tone(**changes: Any) -> Tone:
    """A calm, certain complaint in German."""
    sounds: dict[str, Any] = {
        "lang": "de", "polarity": "negative", "confidence": 0.93, "flags": frozenset({"complaint"}), "certain": True,
    }  # fmt: skip
    return Tone(**(sounds | changes))


def a_post(text: str, *, number: int = 1, minutes_ago: float = 12, **changes: Any) -> Post:
    """A post on Telegram."""
    at = MORNING - timedelta(minutes=minutes_ago)
    said: dict[str, Any] = {
        "channel": "telegram", "id": f"-100/{number}", "author": "Jana Wolff", "author_id": "77", "text": text, "at": at,
        "thread": "-100", "url": f"https://t.me/krume/{number}", "lang": "de",
    }  # fmt: skip
    return Post(number=number, mention=Mention(**(said | changes)), heard_at=at)


def a_draft(
    text: str, *, number: int = 1, version: int = 1, findings: tuple[Finding, ...] = (), **changes: Any
) -> Draft:
    """Words from a template, two minutes old."""
    words: dict[str, Any] = {
        "text": text, "drafter": "template", "lang": "de", "template": "complaint_calm_open",
    }  # fmt: skip
    return Draft(
        question=number, version=version, words=Words(**(words | changes)), by=words["template"],
        at=MORNING - timedelta(minutes=2), covers=1, findings=findings, commitment=f"c{version}",
    )  # fmt: skip


def a_question(
    number: int = 1,
    standing: Standing = "asked",
    *,
    text: str = "Mein Brot war heute steinhart.",
    reply: str | None = "Das tut uns leid, so hart darf ein Brot nicht sein.",
    due_in: float = 30,
    author: str = "Jana Wolff",
    **changes: Any,
) -> Question:
    """One post, one draft, half an hour left."""
    drafted = a_draft(reply, number=number) if reply else None
    posts = changes.pop("posts", None) or (a_post(text, number=number, author=author),)
    rows: dict[str, Any] = {
        "number": number, "standing": standing, "opened_at": posts[0].mention.at,
        "due_at": MORNING + timedelta(minutes=due_in), "posts": posts,
        "tone": a_tone(), "draft": drafted, "version": 1 if drafted else 0,
    }  # fmt: skip
    return Question(**(rows | changes))


def a_finding(text: str, words: str, **changes: Any) -> Finding:
    """A finding that points at these words of the text."""
    start = text.index(words)
    found: dict[str, Any] = {
        "item": "H6", "severity": "stop", "start": start, "end": start + len(words), "why": "Das hat niemand bestätigt.",
        "hint": "Sagen, was geprüft wird.",
    }  # fmt: skip
    return Finding(**(found | changes))


def a_morning() -> PretendDecisions:
    """Eight questions, from a hard roll to a letter from a lawyer."""
    house = PretendDecisions(people=PEOPLE)
    house.put(_cake(), _allergy(), _second_time(), _stale_rolls(), _late_order(), _lawyer(), _turkish(), _maybe_sent())
    return house


_CAKE = (
    "Dass die Torte zur Konfirmation Ihrer Tochter zerdrückt ankam und die Kerzen fehlten, tut uns leid. "
    "So wollten Sie den Tag nicht beginnen.\n\n"
    "Warum die Schachtel beim Transport nachgab, wissen wir noch nicht. Unsere Backstube prüft es heute, "
    "und das passiert nie wieder. Wir schreiben hier weiter, sobald wir mehr wissen."
)


def _cake() -> Question:
    posts = (
        a_post(
            "Heute war die Konfirmation unserer Tochter. Die Torte, die wir vor drei Wochen bei euch bestellt haben, "
            "kam völlig ZERDRÜCKT an. Und die Kerzen waren auch nicht dabei!",
            number=11, minutes_ago=47, attachments=("picture", "picture"),
        ),
        a_post(
            "Am Telefon hieß es dann nur, ich soll am Montag noch mal anrufen. Wie stellt ihr euch das vor? "
            "Die Gäste sitzen JETZT hier.",
            number=12, minutes_ago=31,
        ),
    )  # fmt: skip
    findings = (
        a_finding(
            _CAKE, "das passiert nie wieder", why="„Nie wieder“ kann niemand zusagen, solange die Ursache offen ist.",
            hint="„Wir ändern, was daran zu ändern ist, und sagen hier, was es war.“",
        ),
        a_finding(
            _CAKE, "So wollten Sie den Tag nicht beginnen.", item="H4", severity="warn",
            why="Deutet, was die Kundin wollte; sie hat es so nicht gesagt.",
            hint="Beim Gesagten bleiben: Die Gäste saßen schon da.",
        ),
    )  # fmt: skip
    draft = a_draft(
        _CAKE, number=2, findings=findings, template="complaint_heated_open",
        claims=(Claim(fact="fakt-7", words="Unsere Backstube prüft es heute"),),
        promises=("Wir schreiben hier weiter, sobald wir mehr wissen.",),
    )  # fmt: skip
    return a_question(2, posts=posts, draft=draft, tone=a_tone(arousal="heated"), due_in=13)


def _allergy() -> Question:
    text = (
        "My son has a nut allergy. Your carrot muffin was labelled nut-free and he broke out in hives an hour later. "
        "We are at the clinic now."
    )
    reply = (
        "We are so sorry that your son is at the clinic after eating our carrot muffin. We hope he is better very soon.\n\n"
        "We have taken the muffins off the shelf this morning and are checking the label and the batch. We do not know "
        "the cause yet and will write here as soon as we do."
    )
    tone = a_tone(lang="en", arousal="heated", flags=frozenset({"complaint", "safety", "urgent"}), confidence=0.97)
    post = a_post(text, number=21, minutes_ago=38, author="Priya Nair", lang="en")
    return a_question(
        3, "half_signed", posts=(post,), draft=a_draft(reply, number=3, lang="en", template="safety"), tone=tone,
        needs=2, due_in=-8, signatures=(_signature("Aylin", 4),),
    )  # fmt: skip


def _second_time() -> Question:
    said = Reply(
        version=1, text="Danke für den Hinweis, Herr Öztürk. Wir fragen in der Filiale nach und schreiben hier wieder.",
        at=MORNING - timedelta(hours=19), post="31", url="https://t.me/krume/3100",
    )  # fmt: skip
    posts = (
        a_post("Seit die Filiale am Markt umgebaut ist, steht man zwanzig Minuten für ein Brötchen an.",
               number=31, minutes_ago=60 * 20, author="Murat Öztürk"),
        a_post("Und? Gestern stand hier, ihr fragt nach. Heute wieder 20 Minuten.", number=32, minutes_ago=22,
               author="Murat Öztürk"),
    )  # fmt: skip
    promise = Promise(text="Wir schreiben hier wieder.", owner="Tom", due_at=MORNING + timedelta(hours=5))
    reply = "Sie haben recht, hier stand noch keine Antwort. Das tut uns leid."
    return a_question(
        4, posts=posts, said=(said,), promises=(promise,), draft=a_draft(reply, number=4, version=2), version=2,
        due_in=38,
    )  # fmt: skip


def _stale_rolls() -> Question:
    return a_question(
        5, text="Die Brötchen heute früh waren von gestern, oder? Schade, sonst immer gut bei euch.",
        author="Lena", due_in=128, tone=a_tone(certain=False, confidence=0.58, flags=frozenset({"complaint", "sarcasm"})),
    )  # fmt: skip


def _late_order() -> Question:
    post = a_post(
        "Ordered a loaf for 9, was told 9.30, got it at 10. Not the end of the world, but please answer your phone.",
        number=61, minutes_ago=64, author="Oliver Grant", lang="en",
    )  # fmt: skip
    reply = (
        "Thank you for telling us, Oliver. An hour is a long wait for a loaf, and nobody picking up makes it longer."
    )
    return a_question(
        6, posts=(post,), draft=a_draft(reply, number=6, lang="en"), tone=a_tone(lang="en"), due_in=170,
    )  # fmt: skip


def _lawyer() -> Question:
    return a_question(
        7, text="Ihr Lieferwagen hat gestern mein Auto gestreift. Mein Anwalt meldet sich.", author="H. Brandt",
        due_in=21, needs=2, tone=a_tone(flags=frozenset({"complaint", "legal"})),
    )  # fmt: skip


def _turkish() -> Question:
    return a_question(
        8, "needs_words", text="Dün aldığım simit çok güzeldi, teşekkürler! Yarın da var mı?", author="Elif", reply=None,
        due_in=400, tone=a_tone(lang="tr", polarity="positive", flags=frozenset({"praise", "question"}), certain=False),
        note=Why.foreign_language(lang="tr"),
    )  # fmt: skip


def _maybe_sent() -> Question:
    trouble = Trouble(
        attempt=1,
        why=Why.telegram_perhaps(said="Timed out"),
        at=MORNING - timedelta(minutes=3),
        text="Am Sonntag öffnen wir um 8 Uhr.",
    )
    return a_question(
        9, "unknown", text="Wann macht ihr am Sonntag auf?", author="Piet", trouble=trouble, due_in=75,
        reply="Am Sonntag öffnen wir um 8 Uhr.", tone=a_tone(polarity="neutral", flags=frozenset({"question"})),
    )  # fmt: skip


def _signature(person: str, minutes_ago: float) -> Any:
    from bot.core.question import Signature

    return Signature(person=person, at=MORNING - timedelta(minutes=minutes_ago), surface="slack")
