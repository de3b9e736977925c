"""The app manifest that `candor init` writes: paste it into Slack, and the app has all that it needs and no more."""

from __future__ import annotations

SCOPES = (
    "chat:write",
    "commands",
    "channels:history",
    "channels:read",
    "groups:history",
    "groups:read",
    "im:write",
    "reactions:read",
    "users:read",
)
"""What the bot may do; each line of the manifest says what for."""


def manifest(name: str = "Candor") -> str:
    """The text of `slack-manifest.yaml`, for https://api.slack.com/apps?new_app=1 → From a manifest."""
    return _MANIFEST.replace("{name}", name)


_MANIFEST = """\
# Slack app for Candor. https://api.slack.com/apps?new_app=1 -> "From a manifest" -> paste this.
# Then: install it, copy the bot token to SLACK_BOT_TOKEN, make an app-level token with connections:write
# for SLACK_APP_TOKEN, and invite the bot to the channel that SLACK_CHANNEL names.
display_information:
  name: "{name}"
  description: Answers customers honestly, with a person behind every word
  background_color: "#1f3d3a"
features:
  app_home:
    home_tab_enabled: true            # who waits longest, what is mine, how each channel does
    messages_tab_enabled: true        # reminders come here
    messages_tab_read_only_enabled: true
  bot_user:
    display_name: "{name}"
    always_online: true
  slash_commands:
    - command: /candor
      description: What waits for an answer; pause and resume all sending
      usage_hint: "open | pause | resume"
      should_escape: false
oauth_config:
  scopes:
    bot:
      - chat:write         # hang up cards, answer clicks
      - commands           # /candor
      - channels:history   # hear replies below a card, find a card again
      - channels:read      # find the channel by its name, see whether the bot is in it
      - groups:history     # the same for a private channel
      - groups:read
      - im:write           # remind one person of what they claimed
      - reactions:read     # an eye claims a question
      - users:read         # show who is who in `candor doctor`
settings:
  event_subscriptions:
    # With HTTP instead of Socket Mode: add  request_url: https://your.host/slack/events
    bot_events:
      - app_home_opened
      - message.channels
      - message.groups
      - reaction_added
  interactivity:
    # With HTTP instead of Socket Mode: add  request_url: https://your.host/slack/events
    is_enabled: true
  org_deploy_enabled: false
  socket_mode_enabled: true   # no public address needed; false with HTTP
  token_rotation_enabled: false
"""
