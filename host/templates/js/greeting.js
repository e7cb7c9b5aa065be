// What is said. It knows nothing of Iris, so that it is tested alone.

export function greeting(locale, incident) {
  const number = `INC-${incident.number}`;
  return locale === "ja" ? `${number}の対応を始めます。` : `${number} begins here.`;
}
