// What people read, in both languages.

const TEXTS = {
  en: {
    sentence: "Tells your status page of each incident, and when it is over",
    failed: ({ why }) => `The status page could not be updated (${why}). Press the button to try again.`,
    again: () => "The status page is up to date again.",
    retry: "Try again",
  },
  ja: {
    sentence: "障害の発生と解消をステータスページに知らせます",
    failed: ({ why }) => `ステータスページを更新できませんでした（${why}）。ボタンを押すともう一度試します。`,
    again: () => "ステータスページを更新しました。",
    retry: "もう一度試す",
  },
};

export function say(locale, key, args = {}) {
  const text = (TEXTS[locale] ?? TEXTS.en)[key];
  return typeof text === "function" ? text(args) : text;
}
