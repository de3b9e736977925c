"""The next judge, in the making: it moves to `bot/tone` when it holds on posts and sets it was not tuned on (docs/tone.md)."""
