import { readdirSync, readFileSync } from "node:fs";

import type { Plugin } from "vite";
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

const closedUp = (text: string): string => text.replace(/[ \n]+/g, " ");

/** What says the same in fewer characters, by the tag of its templates. */
const SHORTER: Readonly<Record<string, (text: string) => string>> = {
  html: closedUp,
  svg: closedUp,
  css: (text) =>
    closedUp(text.replace(/\/\*[^]*?\*\//g, ""))
      .replace(/ ?([{};,>]) ?/g, "$1")
      .replaceAll(": ", ":")
      .replaceAll(";}", "}"),
};

interface Text {
  start: number;
  end: number;
  shorter: (text: string) => string;
}

/** The text in tagged templates, wherever they stand in a syntax tree. */
function textsIn(tree: object): Text[] {
  const { type, tag, quasi } = tree as { type?: string; tag?: { name?: string }; quasi?: { quasis: Omit<Text, "shorter">[] } };
  const shorter = type === "TaggedTemplateExpression" ? SHORTER[tag?.name ?? ""] : undefined;
  const own = shorter && quasi ? quasi.quasis.map(({ start, end }) => ({ start, end, shorter })) : [];
  const parts = Object.values(tree).filter((part) => typeof part === "object" && part !== null);
  return [...own, ...parts.flatMap(textsIn)];
}

/** Leaves out the space that is there for those who read templates: a minifier of code leaves text as it is. */
const shortTemplates: Plugin = {
  name: "short-templates",
  apply: "build",
  enforce: "post",
  transform(code, id) {
    if (!id.endsWith(".ts")) return null;
    const texts = textsIn(this.parse(code)).sort((one, other) => other.start - one.start);
    return texts.reduce(
      (whole, { start, end, shorter }) => whole.slice(0, start) + shorter(whole.slice(start, end)) + whole.slice(end),
      code,
    );
  },
};

// What Home Assistant loads has no hash in its name: its address is versioned by its content (`panel.py`). What those
// load has one, since browsers keep what they were given at an address for a month.
export default defineConfig({
  plugins: [shortTemplates],
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
    rolldownOptions: {
      output: {
        chunkFileNames: "[name]-[hash].js",
        hashCharacters: "hex",
        // Members that are private by their # get the shortest names; all others are seen from outside.
        minify: true,
        // All that panel and card share is one file, which is smaller than several.
        codeSplitting: { groups: [{ name: "shared", minShareCount: 2 }] },
      },
    },
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
