"""THE WAY OF ONE MENTION.

    channel ─ hear ────► kept, joins or opens its question              hearing.py
    job     ─ prepare ─► judged, drafted, checked                       preparing.py
    loop    ─ paint ───► a card that shows what is true                 painting.py
    loop    ─ tell ────► what happened, once, in the card's thread      telling.py
    click   ─ decide ──► signatures; with the last one, a decision      deciding.py
    job     ─ publish ─► an attempt row, one call, an outcome row       publishing.py
    clock   ─ sweep ───► whatever was left lying is picked up again     sweeping.py

The pipeline says what, the engine says when; what it needs of the rooms around it stands in `ports.py`.
"""

from __future__ import annotations

from bot.pipeline.deciding import Deciding
from bot.pipeline.overseeing import Overseeing
from bot.pipeline.painting import Painting
from bot.pipeline.sweeping import Sweeping
from bot.pipeline.telling import Telling


class Pipeline(Deciding, Painting, Telling, Sweeping, Overseeing):
    """Hear, prepare, ask, decide, publish, tell, sweep, oversee."""
