"""Candor: answer customers honestly and fast, with a person behind every word."""

__version__ = "0.1.0"
