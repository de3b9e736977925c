"""Promises of the drafting room."""
