// The connection to the workspace: what this person sees, and what they do.

import { toast } from "./dom.js";

/** The latest snapshot, and which place is open. */
export const seen = { now: null, place: null, thread: null };

export function me() {
  return new URLSearchParams(location.search).get("as") ?? "";
}

export async function fetchState() {
  const response = await fetch(`/sim/state?as=${encodeURIComponent(me() || "@aya")}`);
  if (!response.ok) return null;
  return response.json();
}

/** Performs an act; says what Slack refuses and returns nothing then. */
export async function act(name, fields = {}) {
  let response;
  try {
    response = await fetch(`/sim/as/${encodeURIComponent(seen.now.me)}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ act: name, ...fields }),
    });
  } catch {
    toast("The workspace does not answer.");
    return undefined;
  }
  const outcome = await response.json().catch(() => null);
  if (!response.ok) {
    toast(outcome?.refused ?? "That did not work.");
    return undefined;
  }
  return outcome;
}

/** A press or a choice; says it when the app did not take it. */
export async function interact(name, fields) {
  const outcome = await act(name, fields);
  if (outcome === "timeout") toast("The app took longer than three seconds.");
  if (outcome === "failed") toast("The app was not reached.");
  return outcome;
}

export function person(id) {
  return seen.now.people.find((one) => one.id === id);
}

export function channel(id) {
  return seen.now.channels.find((one) => one.id === id);
}

/** Calls `changed` now and at every change of the workspace. */
export function listen(changed) {
  const source = new EventSource("/sim/changes");
  let busy = false;
  let again = false;
  source.onmessage = async () => {
    again = true;
    if (busy) return;
    busy = true;
    while (again) {
      again = false;
      const state = await fetchState().catch(() => null);
      if (state) changed(state);
    }
    busy = false;
  };
}
