import { readdirSync, readFileSync } from "node:fs";

import { defineConfig } from "vitest/config";

const TRANSLATIONS = new URL("../custom_components/courier_access/translations/", import.meta.url);

/** The few words that a card needs before Home Assistant has loaded the integration's (src/baked.ts). */
const BAKED = ["panel_sidebar", "card_description", "card_reload", "card_wrong"];

const FILES = ["test/**/*.test.ts"];
const DEFINING = "test/controls.test.ts";

const LANGUAGES = readdirSync(TRANSLATIONS)
  // British English has only dates and times, which browsers know.
  .filter((name) => name.endsWith(".json") && name !== "en-GB.json")
  .map((name) => name.replace(".json", ""))
  .sort();

function baked(): Record<string, Record<string, string>> {
  const languages = LANGUAGES.map((language) => {
    const { common } = JSON.parse(readFileSync(new URL(`${language}.json`, TRANSLATIONS), "utf-8"));
    return [language, Object.fromEntries(BAKED.map((key) => [key, common[key]]))];
  });
  return Object.fromEntries(languages);
}

// What Home Assistant loads has no hash in its name: its address is versioned by its content (`panel.py`). What those
// load has one, since browsers keep what they were given at an address for a month.
export default defineConfig({
  define: { CARD_WORDS: JSON.stringify(baked()), LANGUAGES: JSON.stringify(LANGUAGES) },
  build: {
    target: "es2022",
    outDir: "../custom_components/courier_access/frontend",
    emptyOutDir: true,
    lib: {
      entry: { panel: "src/panel.ts", card: "src/card.ts" },
      formats: ["es"],
      fileName: (_format, name) => `${name}.js`,
    },
    rolldownOptions: { output: { chunkFileNames: "[name]-[hash].js", hashCharacters: "hex", minify: true } },
  },
  test: {
    environment: "happy-dom",
    // A browser for each file took most of the time. Only the controls' tests define Home Assistant's own elements, for
    // good; all others are for a front end that has none.
    projects: [
      { extends: true, test: { name: "panel", include: FILES, exclude: [DEFINING], isolate: false } },
      { extends: true, test: { name: "controls", include: [DEFINING] } },
    ],
  },
});
