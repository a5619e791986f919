import { expect, test } from "vitest";

import { CardShown } from "../src/card-shown";
import { localeBeside, Words, type Home } from "../src/home";
import { Panel } from "../src/panel";

const AT = "2026-11-24T17:05:00Z";

function home(language: string): Home {
  return {
    language,
    locale: { language, time_format: "24" },
    config: { time_zone: "UTC" },
    states: {},
    localize: (key: string) => key,
    loadBackendTranslation: async () => (key: string) => key,
    connection: {
      subscribeMessage: async () => async () => undefined,
      sendMessagePromise: () => new Promise(() => undefined),
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    },
  } as unknown as Home;
}

async function settled(shown: Panel | CardShown): Promise<void> {
  for (let turn = 0; turn < 4; turn++) {
    await new Promise((resolve) => setTimeout(resolve));
    await shown.updateComplete;
  }
}

async function speaks(panel: Panel, language: string): Promise<(string | null)[]> {
  Object.assign(panel, { hass: home(language), route: { path: "/now" } });
  await settled(panel);
  return [panel.getAttribute("lang"), panel.getAttribute("dir")];
}

test.each([
  ["en-GB", "en-GB"],
  ["pt-BR", "pt-BR"],
  ["de", "de"],
  ["es-419", "en"],
  ["he", "en"],
  ["ar", "en"],
])("what a reader of %s reads is in %s, dates and times too", (reads, language) => {
  const words = new Words(home(reads));
  expect(words.language).toBe(language);
  expect(words.isForeign).toBe(reads !== language);
  expect(words.moment(AT)).toBe(new Words(home(language)).moment(AT));
  expect(localeBeside(home(reads))).toEqual({ language, time_format: "24" });
});

test("the panel is marked as English, from the left, if it is not in the reader's language", async () => {
  const panel = new Panel();
  document.body.replaceChildren(panel);
  expect(await speaks(panel, "he")).toEqual(["en", "ltr"]);
  expect(await speaks(panel, "de")).toEqual([null, null]);
  expect(await speaks(panel, "ar")).toEqual(["en", "ltr"]);
});

test("a card in the picker, which is given what Home Assistant knows only once, says words that were loaded later", async () => {
  const card = new CardShown();
  document.body.replaceChildren(card);
  const before = home("en");
  const subscribeMessage = async (told: (overview: object) => void) => {
    await Promise.resolve();
    told({ buildings: [], without_ledger: [], not_ready: [] });
    return async () => undefined;
  };
  Object.assign(card, {
    config: { type: "custom:courier-access-card" },
    hass: {
      ...before,
      localize: () => "",
      loadBackendTranslation: async () => (key: string) => (key.endsWith("panel_no_building") ? "No building" : ""),
      connection: { ...before.connection, subscribeMessage },
    },
  });
  await settled(card);
  expect(card.renderRoot.textContent?.trim()).toBe("No building");
});
