"""Showing questions, bringing back decisions."""
