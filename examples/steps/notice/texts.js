// What people read, in both languages.

const TEXTS = {
  en: {
    sentence: "Asks who writes the notice to customers, and reminds once",
    drill: "🧯 DRILL · ",
    question: "Who writes the customer notice?",
    take: "I write it",
    taken: ({ who }) => `<@${who}> writes the customer notice.`,
    late: ({ who }) => `<@${who}> was a moment faster and writes the customer notice. Agree with them if you want to.`,
    reminder: ({ link, minutes }) =>
      `Nobody has taken the customer notice for ${minutes === 1 ? "a minute" : `${minutes} minutes`}. ${link ? `<${link}|The button is here.>` : "The button is above."}`,
  },
  ja: {
    sentence: "お客様へのお知らせの担当を募り、決まらなければ一度だけ催促します",
    drill: "🧯【訓練】",
    question: "お客様へのお知らせは誰が書きますか？",
    take: "私が書く",
    taken: ({ who }) => `お客様へのお知らせは<@${who}>さんが書きます。`,
    late: ({ who }) => `<@${who}>さんが先に引き受けました。代わりたいときは直接ご相談ください。`,
    reminder: ({ link, minutes }) =>
      `お客様へのお知らせの担当が${minutes}分間決まっていません。${link ? `<${link}|ここから引き受けられます。>` : "上のボタンで引き受けられます。"}`,
  },
};

export function say(locale, key, args = {}) {
  const text = (TEXTS[locale] ?? TEXTS.en)[key];
  return typeof text === "function" ? text(args) : text;
}
