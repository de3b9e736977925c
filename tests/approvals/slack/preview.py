"""Look at the approved cards: `python -m tests.approvals.slack.preview > cards.html`."""

from __future__ import annotations

import html
import json
import re
import sys
from pathlib import Path
from typing import Any

RENDERED = Path(__file__).parents[2] / "rendered" / "slack"
STYLE = """
body{font:15px/1.46 Lato,system-ui,sans-serif;background:#f4f4f4;display:flex;flex-wrap:wrap;gap:24px;padding:24px}
article{width:560px;background:#fff;padding:14px 18px;border-radius:8px} h1{font-size:12px;color:#888;margin:0 0 6px}
.header{font-size:18px;font-weight:900;margin:6px 0} .section{margin:6px 0;white-space:pre-wrap}
.context{font-size:13px;color:#616061;margin:6px 0} hr{border:0;border-top:1px solid #ddd} a{color:#1264a3}
.actions{margin:10px 0;display:flex;gap:8px;flex-wrap:wrap}
.actions span{border:1px solid #bbb;border-radius:4px;padding:4px 10px;font-weight:700;font-size:14px}
.actions .primary{background:#007a5a;color:#fff;border-color:#007a5a}
"""


def page() -> str:
    """Every approved face beside the others."""
    cards = [
        article(f"{path.stem} ({path.parent.name})", json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(RENDERED.glob("*/*.json"))
    ]
    return f"<!doctype html><meta charset=utf-8><title>Cards</title><style>{STYLE}</style>{''.join(cards)}"


def article(name: str, card: dict[str, Any]) -> str:
    """One card with its notification line."""
    blocks = "".join(map(block, card["blocks"]))
    return f"<article><h1>{name} · notification: {card['text']}</h1>{blocks}</article>"


def block(shown: dict[str, Any]) -> str:
    """One block, roughly as Slack shows it."""
    match shown["type"]:
        case "divider":
            return "<hr>"
        case "actions":
            return f"<div class=actions>{''.join(map(element, shown['elements']))}</div>"
        case "context":
            return f"<div class=context>{''.join(map(text, shown['elements']))}</div>"
        case kind:
            return f"<div class={kind}>{text(shown['text'])}</div>"


def element(shown: dict[str, Any]) -> str:
    """A button or a select; the menu is its dots."""
    label = (
        shown.get("text") or shown.get("initial_option", {}).get("text") or shown.get("placeholder") or {"text": "⋯"}
    )
    arrow = " ▾" if shown["type"] == "static_select" else ""
    return f"<span class={shown.get('style', 'plain')}>{label['text']}{arrow}</span>"


def text(shown: dict[str, str]) -> str:
    """Plain text as it is; of mrkdwn the dates, links and bold words we use."""
    said = shown["text"]
    if shown["type"] != "mrkdwn":
        return html.escape(html.unescape(said))
    said = re.sub(r"<!date\^[^|]*\|([^>]*)>", r"\1", said)
    said = re.sub(r"<(https?:[^|>]*)\|([^>]*)>", r'<a href="\1">\2</a>', said)
    return re.sub(r"\*([^*]+)\*", r"<b>\1</b>", said)


if __name__ == "__main__":
    sys.stdout.write(page())
