"""The Block Kit judge: says what Slack would refuse in a card, a modal or an App Home, and where."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import slackblocks
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.counterparts.blockkit_rules import of_block, of_view
from tests.counterparts.blockkit_schema import refuse

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]
MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100

logging.getLogger("slack_sdk.models").setLevel(logging.CRITICAL)


def refusals_of_message(blocks: Any) -> list[str]:
    """What is wrong with the blocks of a message, each with a pointer to its place; nothing when all is well."""
    found = _of_blocks(blocks, "/blocks", MESSAGE_BLOCKS, surface="message")
    return found or [
        *_lost_by_slack_sdk(blocks, _message_again, "/blocks"),
        *_refused_by_slackblocks(blocks, "/blocks"),
    ]


def refusals_of_view(view: Any) -> list[str]:
    """What is wrong with a modal or an App Home."""
    if not isinstance(view, dict):
        return refuse("must be an object", "/view")
    found = of_view(view) + _of_blocks(view.get("blocks"), "/view/blocks", VIEW_BLOCKS, surface=str(view.get("type")))
    return found or [*_lost_by_slack_sdk(view, _view_again, "/view"), *_refused_by_slackblocks(view["blocks"], "/view")]


def _of_blocks(blocks: Any, path: str, most: int, *, surface: str) -> list[str]:
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return refuse("must be an array of blocks", path)
    found = [] if len(blocks) <= most else refuse(f"no more than {most} items allowed", path)
    ids = [block["block_id"] for block in blocks if block.get("block_id")]
    found += refuse("`block_id` is used twice", path) if len(ids) > len(set(map(str, ids))) else []
    for place, block in enumerate(blocks):
        found += of_block(block, f"{path}/{place}", surface=surface)
    return found


def _message_again(blocks: list[Json]) -> list[Any]:
    return [block and block.to_dict() for block in Block.parse_all(blocks)]


def _view_again(view: Json) -> Json:
    return View(**view).to_dict()


def _lost_by_slack_sdk(sent: Any, again: Callable[[Any], Any], path: str) -> list[str]:
    """A second opinion: slack_sdk must understand every word and give it back unchanged."""
    try:
        return [line for what in difference(sent, again(sent)) for line in refuse(what, path)]
    except SlackObjectFormationError as error:
        return refuse(str(error), path)


def _refused_by_slackblocks(blocks: list[Json], path: str) -> list[str]:
    """A third opinion, on the blocks that slackblocks can read back."""
    found = []
    for place, block in enumerate(blocks):
        try:
            slackblocks.Block.from_dict(block)
        except NotImplementedError:
            continue
        except slackblocks.InvalidUsageError as error:
            found += refuse(str(error), f"{path}/{place}")
    return found


def difference(sent: Any, kept: Any, path: str = "") -> list[str]:
    """What a library dropped or changed on the way; parsing alone silently drops blocks it does not know."""
    if isinstance(sent, dict) and isinstance(kept, dict):
        lost = [key for key, value in sent.items() if key not in kept and value not in ([], "", None, False)]
        found = [f"{path}/{key} is not known" for key in lost]
        return found + [
            line for key in sent if key in kept for line in difference(sent[key], kept[key], f"{path}/{key}")
        ]
    if isinstance(sent, list) and isinstance(kept, list) and len(sent) == len(kept):
        return [
            line
            for place, pair in enumerate(zip(sent, kept, strict=True))
            for line in difference(*pair, f"{path}/{place}")
        ]
    return [] if sent == kept else [f"{path} is not kept as it was sent"]
