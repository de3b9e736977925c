// Comfort on top of pages that work without it: keys, copying, and a word when Candor no longer answers.
"use strict";

const byId = (id) => document.getElementById(id);
const keysOff = () => localStorage.getItem("candor-keys") === "off";

// A key goes to the place; Enter does it. Nothing is ever sent by a single key.
const keys = {
  j: () => step(1),
  k: () => step(-1),
  a: () => byId("approve")?.focus(),
  e: () => byId("edit")?.click(),
  r: () => open("redraft"),
  d: () => open("decline"),
  l: () => open("leave"),
  "/": () => filter(),
  "?": () => byId("keys").showModal(),
};

document.addEventListener("keydown", (pressed) => {
  const typing = pressed.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog");
  const wanted = keys[pressed.key];
  if (!wanted || typing || keysOff() || pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.repeat) return;
  pressed.preventDefault();
  wanted();
});

function step(by) {
  const rows = [...document.querySelectorAll(".question-row")];
  if (!rows.length) return byId(by > 0 ? "next" : "previous")?.click();
  const here = rows.indexOf(document.activeElement);
  rows[Math.min(Math.max(here + by, 0), rows.length - 1)].focus();
}

function open(id) {
  const place = byId(id);
  if (!place) return;
  place.open = true;
  place.querySelector("textarea, input[type=radio]").focus();
}

function filter() {
  const first = document.querySelector(".first-filter");
  if (first) first.focus();
  else location.assign("/#filter");
}

// Keys can be switched off (WCAG 2.1.4); the browser remembers it.
function nameSwitch() {
  byId("keys-switch").textContent = byId("keys-switch").dataset[keysOff() ? "on" : "off"];
}

if (byId("show-keys")) {
  byId("show-keys").hidden = false;
  byId("show-keys").addEventListener("click", () => byId("keys").showModal());
  byId("keys-close").addEventListener("click", () => byId("keys").close());
  byId("keys-switch").addEventListener("click", () => {
    localStorage.setItem("candor-keys", keysOff() ? "on" : "off");
    nameSwitch();
  });
  nameSwitch();
}
if (location.hash === "#filter") filter();
if (location.hash === "#words") byId("words")?.focus();

for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const kept = byId(button.dataset.copies);
    kept.select();
    await navigator.clipboard.writeText(kept.value);
    button.textContent = button.dataset.copied;
  });
}

for (const gone of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(gone, () => { byId("offline").hidden = false; });
}
document.addEventListener("htmx:afterOnLoad", (answered) => {
  if (answered.detail.successful) byId("offline").hidden = true;
});
