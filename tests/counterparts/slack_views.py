"""Modals and App Homes: the `views.*` methods, and what an answer to a submit does to the screen."""

from __future__ import annotations

import json
from uuid import uuid4

from tests.counterparts.blockkit import refusals_of_view
from tests.counterparts.slack_api import Methods
from tests.counterparts.slack_workspace import Json, SlackError, View, Workspace

METHODS = Methods()
LARGEST, DEEPEST, TRIGGER_SECONDS = 250_000, 3, 3.0


@METHODS.enter("views.open", needed={"trigger_id": str, "view": dict})
def open_view(workspace: Workspace, asked: Json) -> Json:
    """Show a modal to the person whose click is not older than three seconds; each click opens one."""
    judge(workspace, asked["view"], kind="modal")
    return {"view": show(workspace, spend(workspace, asked["trigger_id"]), asked["view"]).json()}


@METHODS.enter("views.update", needed={"view": dict}, optional={"view_id": str, "external_id": str, "hash": str})
def update_view(workspace: Workspace, asked: Json) -> Json:
    """Draw an open modal anew, unless somebody was faster."""
    view = _open(workspace, asked)
    if asked.get("hash", view.hash) != view.hash:
        raise SlackError("hash_conflict")
    judge(workspace, asked["view"], kind="modal", instead_of=view)
    return {"view": redraw(workspace, view, asked["view"]).json()}


@METHODS.enter("views.publish", needed={"user_id": str, "view": dict}, optional={"hash": str})
def publish_view(workspace: Workspace, asked: Json) -> Json:
    """Draw a person's App Home."""
    if asked["user_id"] not in workspace.users:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] no such user"]})
    home = workspace.homes.get(asked["user_id"])
    if home and asked.get("hash", home.hash) != home.hash:
        raise SlackError("hash_conflict")
    judge(workspace, asked["view"], kind="home", instead_of=home)
    if home is None:
        home = workspace.homes[asked["user_id"]] = _new(workspace, asked["user_id"], asked["view"])
        return {"view": home.json()}
    return {"view": redraw(workspace, home, asked["view"]).json()}


def spend(workspace: Workspace, trigger: str) -> str:
    """Who clicked; a trigger is good for three seconds and for one use."""
    if trigger not in workspace.triggers:
        raise SlackError("invalid_trigger_id")
    if trigger in workspace.spent_triggers:
        raise SlackError("exchanged_trigger_id")
    at, user = workspace.triggers[trigger]
    if workspace.now() - at > TRIGGER_SECONDS:
        raise SlackError("expired_trigger_id")
    workspace.spent_triggers.add(trigger)
    return user


def judge(workspace: Workspace, view: Json, *, kind: str, instead_of: View | None = None) -> None:
    """Refuse what Slack would not show."""
    if len(json.dumps(view, ensure_ascii=False).encode()) > LARGEST:
        raise SlackError("view_too_large")
    wrong = refusals_of_view(view) or ([] if view["type"] == kind else [f"must be a {kind} [json-pointer:/view/type]"])
    if wrong:
        raise SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {reason}" for reason in wrong]})
    name = view.get("external_id")
    if name and any(other.body.get("external_id") == name for other in _shown(workspace) if other is not instead_of):
        raise SlackError("duplicate_external_id")


def show(workspace: Workspace, user: str, body: Json, *, on_top_of: View | None = None) -> View:
    """Put a modal on somebody's screen, at most three deep; a new one takes the place of what stood there."""
    if on_top_of is None:
        for other in [view for view in _shown(workspace) if view.user == user]:
            other.is_open = False
    elif on_top_of.previous and on_top_of.previous.previous:
        raise SlackError("push_limit_reached")
    view = _new(workspace, user, body, previous=on_top_of)
    workspace.views[view.id] = view
    return view


def redraw(workspace: Workspace, view: View, body: Json) -> View:
    """Another face for the same modal; what was typed stays where block and action keep their names."""
    view.body, view.hash = body, f"{workspace.now():.0f}.{uuid4().hex[:8]}"
    view.versions.append(body)
    kept = {
        (block.get("block_id"), block["element"].get("action_id")) for block in body["blocks"] if "element" in block
    }
    view.typed = {
        block: {action: value for action, value in actions.items() if (block, action) in kept}
        for block, actions in view.typed.items()
        if any(block == name for name, _ in kept)
    }
    return view


def close(view: View) -> None:
    """Take the modal away; the one below comes back."""
    view.is_open = False


def clear(view: View | None) -> None:
    """Take the whole stack away."""
    while view:
        view.is_open, view = False, view.previous


def _new(workspace: Workspace, user: str, body: Json, previous: View | None = None) -> View:
    name = f"V0{uuid4().hex[:8].upper()}"
    return View(
        id=name,
        user=user,
        body=body,
        hash=f"{workspace.now():.0f}.{uuid4().hex[:8]}",
        previous=previous,
        versions=[body],
    )


def _open(workspace: Workspace, asked: Json) -> View:
    wanted = (asked.get("view_id"), asked.get("external_id"))
    if not any(wanted):
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] needs view_id or external_id"]})
    for view in _shown(workspace):
        if view.id == wanted[0] or (wanted[1] and view.body.get("external_id") == wanted[1]):
            return view
    raise SlackError("not_found")


def _shown(workspace: Workspace) -> list[View]:
    return [view for view in workspace.views.values() if view.is_open]
