"""Promises of the judge's training ground."""
