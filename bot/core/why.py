"""Why something was not done, is not out, or has no words: our own sentences, each with its name and what it speaks of."""

from __future__ import annotations

import json
from enum import Enum
from typing import TYPE_CHECKING, Any, Self, cast

from bot.core.languages import language_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    Value = str | int | tuple[str, ...]


class Why(Enum):
    """The reasons of the house, each with its line for logs and the command line; called, one says it about something."""

    # nothing was decided
    no_question = "There is no question {question}."
    may_only_read = "{person} may read, not decide: that needs the role approver in candor.toml."
    other_workspace = "You are in another workspace than this bot; nothing was decided."
    other_channel = "Decisions are not taken in this channel; nothing was decided."
    nobodys_account = "Your Slack account belongs to nobody in candor.toml: you may read here, not decide."
    not_now = "This question cannot be decided just now."
    out_of_date = "Version {version} is out of date, {current} is current."
    being_drafted = "Version {version} is out of date: a new draft is on its way."
    words_changed = "The words changed since they were shown."
    nothing_drafted = "Nothing is drafted: please write the reply."
    nothing_to_decline = "Nothing is drafted that could be declined: please write, or leave the question alone."
    empty_reply = "An empty reply cannot be sent: write something, or leave the question alone."
    reason_needed = (
        "This one needs two people, and you are alone: say in at least {characters} characters why it is right."
    )
    second_look_from = "Read it once more in a while: the second look is possible from {clock} on."
    look_first = "Nobody knows whether the last reply went out: look at the channel first, then say so on the card."
    look_again = "It was sent again meanwhile, and nobody knows whether it arrived: please look once more."
    settled = "Somebody settled this already."
    refused_for_good = "The channel refused these words for good: edit them, or leave the question alone."
    signed_already = "{person} signed version {version} already."
    decided_just_now = "version {version} was decided a moment ago"
    approved_by = "{people} approved version {version} at {clock}."
    rewritten_by = "{people} rewrote version {version} at {clock}."
    declined_by = "{people} declined version {version} at {clock}."
    left_alone_by = "{people} left alone the question at {clock}."

    # nobody found words
    foreign_language = "{lang}: nothing drafted, please write."
    looks_like_spam = "Looks like spam: nothing drafted. Leave it alone, or write."
    drafting_broke = "Drafting broke ({fault}): please write."
    drafting_killed = "Drafting this one stopped the program twice: please write."
    nothing_new = "Every draft for this was shown already: please write."
    all_wordings_used = "all wordings used: please write"
    no_template = "{situation} has no template: please write, or leave it alone"
    no_short_template = "no template is short enough for {limit} characters: please write"
    no_templates_in = "there are no templates in {lang}: please write"
    language_unclear = "the language of the post is not clear: please write"
    among_themselves = "people speak to each other here, not to us: leave it alone, or write"

    words_unusable = "{fault}"

    # somebody else wrote than was asked first
    template_instead = "{first}: this is the template's draft"
    neither = "{one}; {other}"
    guard_stopped = "the guard stopped what the model wrote"
    model_repeats = "the model wrote again what was shown already"
    model_off_form = "the model's answer was not in the agreed form"
    model_declined = "the model declined to write"
    model_empty = "the model gave an empty answer"
    model_unfinished = "the model stopped before the answer was complete"
    model_invents_facts = "the model named a fact that nobody confirmed"
    model_misquotes = "the model named words that its text does not say"
    model_says_marks = "the model repeated marks that are not for customers"
    model_says_rules = "the model repeated its instructions"
    model_too_long = "the model wrote more than {limit} characters"
    model_timed_out = "the model timed out after {seconds} s"
    model_out_of_reach = "the model could not be reached (check OPENAI_BASE_URL)"
    provider_refused = "the provider refused the request"
    provider_key = "the provider refused the key (check OPENAI_API_KEY)"
    provider_rights = "the key may not use this model (check OPENAI_API_KEY and OPENAI_MODEL)"
    provider_model = "the provider does not know the model (check OPENAI_MODEL and OPENAI_BASE_URL)"
    provider_busy = "the provider is over its limit (429)"
    provider_credit = "the provider's account has no credit left"
    provider_broken = "the provider's server had an error ({status})"

    # a decided reply is not out
    customer_wrote_again = "The customer wrote again before this went out."
    colleague_answered = "A colleague answered before this went out."
    not_connected = "{channel} is not connected here: set its token and start again (attempt {attempt} waits)"
    not_connected_look = "{channel} is not connected here: look for attempt {attempt} yourself"
    telegram_slow = "Telegram asks us to slow down: {said}"
    telegram_refuses = "Telegram refuses: {said}"
    telegram_away = "Telegram cannot be reached: {said}"
    telegram_silent = "Telegram does not answer: {said}"
    no_connection = "there is no connection (is this machine online, and the address right?)"
    telegram_perhaps = "Telegram took our words perhaps, perhaps not: {said}"
    telegram_unreadable = "Telegram answered, but not in a way that can be read ({fault})"
    telegram_look = "nobody but a person can see whether our reply stands in Telegram (try {attempt})"
    telegram_turn = "this chat takes no more posts now; our turn comes in {seconds} s"
    telegram_foreign_post = "the post is not one of Telegram: its name is not <chat>/<number>"
    telegram_key = (
        "Telegram does not know our token: take the valid one from @BotFather (/mybots, API Token), "
        "put it into TELEGRAM_BOT_TOKEN and start again"
    )
    telegram_two_listeners = (
        "something else listens with our Telegram token (another program, or a webhook): "
        "stop it, or make a new bot for it, and start again"
    )
    slack_key = "Slack does not take our key ({said}): install the app again and renew SLACK_BOT_TOKEN"
    slack_app_key = "Slack does not take SLACK_APP_TOKEN: it starts with xapp- and carries connections:write"
    slack_away = "Slack cannot be reached: {said}"
    slack_slow = "Slack asked us to wait"
    slack_silent = "Slack gave no answer ({fault})"
    slack_broken = "Slack answered with an error of its own ({fault})"
    slack_card_deleted = "somebody deleted the card in Slack"
    slack_channel_gone = (
        "the Slack channel is gone, or the bot was taken out of it: "
        "invite the bot there with /invite, or set SLACK_CHANNEL to another channel"
    )
    slack_not_in_channel = "the bot is not in the Slack channel: invite it there with /invite"
    slack_archived = "the Slack channel is archived: unarchive it, or set SLACK_CHANNEL to another channel"
    slack_no_fallback = "{first}; or name a fall-back channel in the settings"
    post_gone = "the customer's post is gone"
    text_too_long = "the text is longer than the 4096 characters Telegram takes"
    chat_unknown = "Telegram does not know this chat (any more)"
    topic_closed = "the topic is closed"
    chat_moved = (
        "the group has become a supergroup with a new address, where the customer's post "
        "cannot be answered any more: somebody should write there by hand"
    )

    # told to those who decide
    question_named = "question {named}"
    questions_named = "questions {named}"
    questions_named_and_more = "questions {named} and {more} more"
    overdue = "Overdue: {questions}. Please answer, or leave them alone with a reason."
    still_waiting = "Still waiting for you: {questions}."
    replies_held = "Replies to {channel} are held: {because}"
    stands_still = "{room}: {because}"
    works_again = "{channel} works again."

    def __call__(self, **about: Value) -> Told:
        """This reason, said about these."""
        return Told(self, about)


class Told(str):
    """One of our sentences: English as it stands, and by name, so that a surface can say it in its reader's language.

    >>> Why.out_of_date(version=1, current=2)
    'Version 1 is out of date, 2 is current.'
    """

    __slots__ = ("about", "why")
    why: Why
    about: Mapping[str, Value]

    def __new__(cls, why: Why, about: Mapping[str, Value]) -> Self:
        """Say it in English."""
        told = super().__new__(cls, why.value.format(**{name: _english(name, value) for name, value in about.items()}))
        told.why, told.about = why, dict(about)
        return told


def _english(name: str, value: Value) -> Value:
    """`lang` is a code that people read as a name; a channel has a capital, and `first` begins the sentence; people are listed."""
    match name, value:
        case "lang", str():
            return language_name(value)
        case "first" | "channel", str():
            return value[:1].upper() + value[1:]
        case _, tuple():
            return " and ".join(value)
        case _:
            return value


def kept_form(line: str) -> str:
    """How a line lies in the memory: ours by name, everybody else's as it is.

    >>> kept_form(Why.out_of_date(version=1, current=2))
    '{"why": "out_of_date", "version": 1, "current": 2}'
    """
    return json.dumps(_named(line), ensure_ascii=False) if isinstance(line, Told) else line


def told_again(kept: str) -> str:
    """The line behind its kept form; what was kept as a sentence, or by a newer version of us, is read as it lies there."""
    if not kept.startswith('{"why": '):
        return kept
    try:
        return _retold(json.loads(kept))
    except (ValueError, KeyError, TypeError):
        return kept


def _named(told: Told) -> dict[str, object]:
    about = {name: _named(value) if isinstance(value, Told) else value for name, value in told.about.items()}
    return {"why": told.why.name, **about}


def _retold(named: dict[str, object]) -> Told:
    about = {name: _value_again(value) for name, value in named.items() if name != "why"}
    return Told(Why[str(named["why"])], about)


def _value_again(kept: Any) -> Value:  # noqa: ANN401  # JSON gives back what was kept
    match kept:
        case dict():
            return _retold(kept)
        case list():
            return tuple(kept)
        case _:
            return cast("Value", kept)
