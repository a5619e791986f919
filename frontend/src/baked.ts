/** The words that are needed before Home Assistant has loaded the integration's: in the file itself, in every language. */

declare const CARD_WORDS: Record<string, Record<string, string>>;

/** Say it in the language of the page. */
export function said(key: string, language = document.documentElement.lang): string {
  const [alone = "en"] = language.split("-");
  return (CARD_WORDS[language] ?? CARD_WORDS[alone] ?? CARD_WORDS["en"])?.[key] ?? key;
}
