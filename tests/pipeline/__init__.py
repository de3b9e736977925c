"""The way of one mention, as promises."""
