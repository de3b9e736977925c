"""Slack: cards, windows and clicks."""
