"""Servers that stand in for the real ones, so that the tests need no account and no network."""
