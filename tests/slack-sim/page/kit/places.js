// Where one is: the address after `#` says channel, thread or home.

/** The open place: `{channel, thread?, flash?}`, `{home: true}`, or empty before anything is open. */
export const place = {};

let moved = () => {};

export function onMove(callback) {
  moved = callback;
  addEventListener("hashchange", () => { read(); moved(); });
  read();
}

/** The address of a place. */
export function hashOf({ home, channel, thread, ts }) {
  const parts = home ? ["home"] : ["c", channel, thread, ts && !thread ? `@${ts}` : undefined];
  return `#/${parts.filter(Boolean).join("/")}`;
}

export function goTo(there) {
  const hash = hashOf(there);
  if (location.hash === hash) {
    read();
    moved();
  } else {
    location.hash = hash;
  }
}

/** The same page as somebody else; a link to it opens a second window as a second person. */
export function addressAs(person) {
  const address = new URL(location.href);
  address.searchParams.set("as", person);
  return address.href;
}

function read() {
  const [kind, id, third] = location.hash.replace(/^#\//, "").split("/");
  for (const key of Object.keys(place)) delete place[key];
  if (kind === "home") place.home = true;
  else if (id) place.channel = decodeURIComponent(id);
  if (third?.startsWith("@")) place.flash = third.slice(1);
  else if (third) place.thread = third;
}
