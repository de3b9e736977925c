"""What customers of a bakery that also delivers might say; every sentence is made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SAID: Mapping[str, tuple[str, ...]] = {
    "complaint de": (
        "Mein Paket ist seit {days} Tagen überfällig.",
        "Das Brot war steinhart und die Kruste verbrannt!",
        "Seit einer Woche antwortet mir niemand, das ist wirklich enttäuschend.",
        "Bestellung {order} kam aufgerissen an, die Hälfte fehlt.",
        "Eure App stürzt beim Bezahlen jedes Mal ab.",
        "In {town} stand ich vierzig Minuten an der Kasse.",
        "Die Lieferung nach {town} ist schon wieder zu spät.",
        "So etwas habe ich noch nie erlebt, ich bin stinksauer.",
        "Der Gutschein funktioniert nicht.",
    ),
    "complaint en": (
        "My order {order} still has not arrived after {days} days.",
        "The rolls were stale and the box was crushed.",
        "Nobody answers my emails, this is really disappointing!",
        "Your app crashes every time I try to pay.",
        "I waited forty minutes at the counter in {town}.",
        "Half of the delivery is missing again.",
        "The cake for my daughter's birthday came a day late.",
        "I have never been so annoyed with a shop.",
        "The voucher does not work.",
    ),
    "praise de": (
        "Die neuen Croissants in {town} sind großartig, danke!",
        "Ganz lieben Dank an das Team, so freundlich bedient zu werden ist selten.",
        "Bestes Roggenbrot der Stadt.",
        "Nach {days} Tagen war alles gelöst, toller Service.",
        "Ich komme gern wieder!",
    ),
    "praise en": (
        "The cinnamon rolls in {town} are wonderful, thank you!",
        "Lovely people at the counter, they made my day.",
        "Best rye bread in town.",
        "Everything was sorted within {days} days, great service.",
        "I will gladly come again!",
    ),
    "question de": (
        "Habt ihr in {town} auch sonntags geöffnet?",
        "Gibt es das Dinkelbrot auch ohne Nüsse?",
        "Wo finde ich den Stand meiner Bestellung {order}?",
        "Kann ich eine Torte für {days} Personen vorbestellen?",
    ),
    "question en": (
        "Are you open on Sundays in {town}?",
        "Is there a spelt loaf without nuts?",
        "Where can I see what became of order {order}?",
        "Could I order a cake for {days} people?",
    ),
    "neutral de": (
        "Ich war heute mit der Linie {days} in {town} unterwegs.",
        "Ab Montag gilt wohl der neue Fahrplan.",
        "Wir treffen uns um acht vor dem Laden.",
    ),
    "neutral en": (
        "I took the number {days} bus through {town} today.",
        "The new timetable seems to start on Monday.",
        "We meet at eight in front of the shop.",
    ),
    "turkish": (
        "Siparişim {days} gündür gelmedi, ne zaman teslim edilecek?",
        "Ekmekleriniz çok güzel, teşekkür ederim.",
        "{town} şubesi pazar günü açık mı acaba?",
    ),
    "emoji": ("😡😡", "❤️🥐", "🤷‍♀️", "👍🏽👍🏽👍🏽", "😭😭😭😭"),
}
"""Sentences by kind; `{days}`, `{order}` and `{town}` are filled in."""

WEIGHTS: Mapping[str, int] = {
    "complaint de": 30, "complaint en": 25, "praise de": 8, "praise en": 7, "question de": 10, "question en": 8,
    "neutral de": 5, "neutral en": 5, "turkish": 1, "emoji": 1,
}  # fmt: skip
"""How many of a hundred are of each kind."""

SHORT: Mapping[str, tuple[str, ...]] = {
    "de": ("Danke!", "Wieso?", "Nie wieder!", "Super!"),
    "en": ("Thanks!", "Where?", "Never again!", "Great!"),
}
"""The shortest that people write."""

TOWNS = ("Bremen", "Leeds", "Kassel", "Bristol", "Ulm", "York", "Mainz", "Bath", "Jena", "Hull")
