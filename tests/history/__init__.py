"""The memory, as promises."""
