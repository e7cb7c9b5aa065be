// Where one is: the address after `#` says channel, thread or home.

import { seen } from "./workspace.js";

let moved = () => {};

export function onMove(callback) {
  moved = callback;
  addEventListener("hashchange", () => { read(); moved(); });
  read();
}

/** `{channel, thread?, ts?}` or `{home: true}`. */
export function goTo(place) {
  const parts = place.home ? ["home"] : ["c", place.channel, place.thread, place.ts && !place.thread ? `@${place.ts}` : undefined];
  const hash = `#/${parts.filter(Boolean).join("/")}`;
  if (location.hash === hash) moved();
  else location.hash = hash;
}

function read() {
  const [kind, id, third] = location.hash.replace(/^#\//, "").split("/");
  seen.place = kind === "home" ? { home: true } : id ? { channel: decodeURIComponent(id) } : null;
  seen.thread = third && !third.startsWith("@") ? third : null;
  seen.flash = third?.startsWith("@") ? third.slice(1) : null;
}
