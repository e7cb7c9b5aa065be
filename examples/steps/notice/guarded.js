// An error that nobody caught becomes a `bug` with its place, instead of a trap without one.

export function guarded({ describe, handle }) {
  return {
    describe,
    handle(event) {
      try {
        handle(event);
      } catch (error) {
        throw Object.assign(new Error("failure"), { payload: failure(error) });
      }
    },
  };
}

/** A sentence for the person who asked, as Iris wants it. */
export class Refuse extends Error {}

export function failure(error) {
  if (error instanceof Refuse) return { tag: "refuse", val: error.message };
  // A wish that Iris refused names what to change; the place is the wish's all the same.
  const refusal = error?.payload ?? error;
  const what = refusal?.sentence ? `${refusal.code}: ${refusal.sentence}` : error?.message ?? error;
  return { tag: "bug", val: `${what}\n${error?.stack ?? ""}` };
}
