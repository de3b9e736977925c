"""Show a question, bring back a decision: in Slack, or on the web desk."""
