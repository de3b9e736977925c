"""The room in Slack where people read drafts and decide."""
