"""The demo's day and house."""
