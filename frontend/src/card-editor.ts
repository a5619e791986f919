/** The visual editor of a card, made of Home Assistant's own form. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { changed, shownBuilding, type CardConfig } from "./card-config";
import { Following } from "./following";
import type { Home, Words } from "./home";

interface Field {
  name: "building" | "door" | "title" | "pause" | "compact";
  required?: boolean;
  selector: object;
}

declare global {
  interface Window {
    loadCardHelpers?: () => Promise<{ createCardElement(config: object): Promise<HTMLElement> | HTMLElement }>;
  }
}

@customElement("courier-access-card-editor")
export class CardEditor extends LitElement {
  @state() private config: CardConfig | undefined;
  readonly #following = new Following(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void loadForm();
  }

  set hass(home: Home) {
    this.#following.home = home;
  }

  setConfig(config: CardConfig): void {
    this.config = config;
  }

  override render(): TemplateResult | typeof nothing {
    const { words, buildings } = this.#following;
    const { config } = this;
    if (!words || !buildings || !config) return nothing;
    return html`
      <ha-form
        .hass=${this.#following.home}
        .schema=${this.#fields(config)}
        .data=${{
          building: shownBuilding(config, buildings)?.building ?? "",
          door: config.door ?? "",
          title: config.title !== false,
          pause: config.pause !== false,
          compact: config.compact === true,
        }}
        .computeLabel=${(field: Field) => label(words, field.name)}
        .computeHelper=${(field: Field) => (field.name === "door" ? words.say("card_every_door") : "")}
        @value-changed=${(event: CustomEvent<{ value: Partial<CardConfig> }>) => this.#choose(event)}
      ></ha-form>
    `;
  }

  #fields(config: CardConfig): Field[] {
    const buildings = this.#following.buildings ?? [];
    const doors = shownBuilding(config, buildings)?.doors ?? [];
    return [
      {
        name: "building",
        required: true,
        selector: choice(buildings.map(({ building, name }) => ({ value: building, label: name }))),
      },
      { name: "door", selector: choice(doors.map(({ door, name }) => ({ value: door, label: name }))) },
      { name: "title", selector: { boolean: {} } },
      { name: "pause", selector: { boolean: {} } },
      { name: "compact", selector: { boolean: {} } },
    ];
  }

  #choose(event: CustomEvent<{ value: Partial<CardConfig> }>): void {
    event.stopPropagation();
    if (!this.config) return;
    this.config = changed(this.config, event.detail.value);
    this.dispatchEvent(
      new CustomEvent("config-changed", { detail: { config: this.config }, bubbles: true, composed: true }),
    );
  }
}

function label(words: Words, name: Field["name"]): string {
  switch (name) {
    case "building":
      return words.say("panel_which_building");
    case "door":
      return words.say("csv_door");
    case "title":
      return words.say("card_show_title");
    case "pause":
      return words.say("card_show_pause");
    case "compact":
      return words.say("card_compact");
  }
}

function choice(options: { value: string; label: string }[]): object {
  return { select: { mode: "dropdown", options } };
}

/** Have the front end load its form, which it does only for a card of its own that has one. */
async function loadForm(): Promise<void> {
  if (customElements.get("ha-form")) return;
  const helpers = await window.loadCardHelpers?.();
  const card = await helpers?.createCardElement({ type: "button" });
  await (card?.constructor as { getConfigElement?: () => Promise<unknown> } | undefined)?.getConfigElement?.();
}
