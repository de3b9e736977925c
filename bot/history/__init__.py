"""The memory: every step of every mention, written once and never rewritten."""
