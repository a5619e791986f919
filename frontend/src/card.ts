/**
 * The card for dashboards. Every page of the front end loads this file, so it holds only what Home Assistant asks of a
 * card before one is shown; the rest comes with the first one.
 */

import { said } from "./baked";
import { checked, WrongSetting } from "./card-check";
import { suggested } from "./card-suggestion";
import type { CardConfig } from "./card-config";
import type { CardShown } from "./card-shown";
import type { Home } from "./home";

const CARD = "courier-access-card";
const HANDBOOK = "https://github.com/courier-access/courier-access/blob/main/docs/how-to/residents-handbook.md";

class Card extends HTMLElement {
  #config: CardConfig | undefined;
  #home: Home | undefined;
  #isPreview = false;
  #shown: CardShown | undefined;
  #comes = false;

  static async getConfigElement(): Promise<HTMLElement> {
    await import("./card-editor");
    return document.createElement("courier-access-card-editor");
  }

  static getStubConfig(): object {
    return {};
  }

  setConfig(config: { type: string }): void {
    try {
      this.#config = checked(config);
    } catch (error) {
      // Home Assistant shows what is thrown.
      if (error instanceof WrongSetting) error.message = said("card_wrong").replace("{setting}", error.setting);
      throw error;
    }
    this.#pass();
  }

  set hass(home: Home) {
    this.#home = home;
    this.#pass();
  }

  set preview(isPreview: boolean) {
    this.#isPreview = isPreview;
    this.#pass();
  }

  getCardSize(): number {
    return this.#config?.compact ? 3 : 6;
  }

  getGridOptions(): object {
    return { columns: 12, min_columns: 6, rows: "auto" };
  }

  connectedCallback(): void {
    this.style.display = "block";
    if (!this.#comes) void this.#show();
  }

  async #show(): Promise<void> {
    this.#comes = true;
    try {
      await import("./card-shown");
    } catch {
      this.textContent = said("card_reload");
      return;
    }
    this.#shown = document.createElement("courier-access-card-shown") as CardShown;
    this.#pass();
    this.replaceChildren(this.#shown);
  }

  #pass(): void {
    if (!this.#shown) return;
    this.#shown.config = this.#config;
    this.#shown.preview = this.#isPreview;
    if (this.#home) this.#shown.hass = this.#home;
  }
}

declare global {
  interface Window {
    customCards?: object[];
  }
}

// Another version of the file may have been here before.
if (!customElements.get(CARD)) {
  customElements.define(CARD, Card);
  (window.customCards ??= []).push({
    type: CARD,
    preview: true,
    documentationURL: HANDBOOK,
    // Read whenever cards are picked: the reader's language may be another than when the page was loaded.
    get name() {
      return said("panel_sidebar");
    },
    get description() {
      return said("card_description");
    },
    getEntitySuggestion: suggested,
  });
}
