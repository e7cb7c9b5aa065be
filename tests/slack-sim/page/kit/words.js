// What the page itself says, in English and Japanese, by the browser's language or `?lang=`.

import { en } from "./words-en.js";
import { ja } from "./words-ja.js";

const asked = new URLSearchParams(location.search).get("lang") ?? navigator.language;
export const language = asked.startsWith("ja") ? "ja" : "en";
export const locale = language === "ja" ? "ja-JP" : "en-GB";

const texts = { en, ja }[language];

/** The text of this name, with its variables. `one | more` is chosen by `n`. */
export function t(name, given = {}) {
  const text = texts[name] ?? en[name] ?? name;
  const [one, more = one] = text.split(" | ");
  return (given.n === 1 ? one : more).replace(/\{(\w+)\}/g, (_, key) => given[key] ?? "");
}
