// What only the demo has: an app that can be killed and started again, its language, its stories.

import { send } from "../kit/workspace.js";

/** `iris` is `running`, `killed` or `starting`; nothing of it outside of the demo. */
export const demo = { asked: false };

export async function readDemo() {
  if (demo.asked && !demo.iris) return demo;
  const answer = await fetch("/demo").catch(() => null);
  demo.asked = true;
  if (answer?.status === 200) Object.assign(demo, await answer.json());
  return demo;
}

export const speak = (language) => send("POST", "/demo/language", { language });
