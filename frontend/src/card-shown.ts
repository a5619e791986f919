/** What a card shows: the panel's first view, on one surface. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import "./now";
import { viewOf } from "./addresses";
import { narrowed, shownBuilding, type CardConfig } from "./card-config";
import { Following } from "./following";
import type { Home, Words } from "./home";
import type { Building } from "./model";
import { shared } from "./style";
import { seenBy, TOLD_SECONDS, type Told } from "./view";

@customElement("courier-access-card-shown")
export class CardShown extends LitElement {
  static override styles = [
    shared,
    css`
      ha-card {
        display: block;
        overflow: hidden;
      }
      .title {
        font-size: 1.3rem;
        font-weight: 400;
        padding: 12px 16px 8px;
        margin: 0;
      }
      /* The line above the first section is for what stands above it. */
      .views {
        margin-block-start: -1px;
      }
      .more {
        display: block;
        padding: 0 16px 16px;
        color: var(--primary-text-color);
      }
      .said {
        padding: 12px 16px;
      }
      .said p {
        margin: 0;
      }
    `,
  ];

  @property({ attribute: false }) config: CardConfig | undefined;
  /** In an editor: shown, and not to be used. */
  @property({ attribute: false }) preview = false;
  readonly #following = new Following(this);

  set hass(home: Home) {
    this.#following.home = home;
  }

  override render(): TemplateResult {
    const { words } = this.#following;
    return html`<ha-card>${words && this.config ? this.#content(words, this.config) : nothing}</ha-card>`;
  }

  #content(words: Words, config: CardConfig): TemplateResult {
    const following = this.#following;
    const building = shownBuilding(config, following.buildings ?? []);
    if (!building) return this.#says(following.failure || words.say(this.#absence(config)), following.failure !== "");
    const shown = narrowed(config, building);
    return html`
      ${config.title === false || config.compact ? nothing : html`<h2 class="title">${building.name}</h2>`}
      ${following.failure ? this.#says(following.failure, true) : nothing}
      ${following.isReady(building) ? nothing : this.#says(words.say("panel_not_ready"), true)}
      ${shown ? this.#views(words.in(building.time_zone), shown.building, shown.more, config) : this.#says(words.refusal({ translation_key: "no_such_door" }), true)}
    `;
  }

  /** The key of the words that say why there is no building to show. */
  #absence({ building }: CardConfig): string {
    const { absence, access } = this.#following;
    if (absence === "panel_loading" || building === undefined) return absence;
    return access.notReady.includes(building) ? "panel_nothing_ready" : "card_not_enrolled";
  }

  #says(what: string, isBad = false): TemplateResult {
    return html`<div class="said"><p class=${isBad ? "status bad" : ""} role="status">${what}</p></div>`;
  }

  #views(words: Words, building: Building, more: number, config: CardConfig): TemplateResult {
    const compact = config.compact === true;
    const { home, access, news } = this.#following;
    return html`
      <div class="views" ?inert=${this.preview} @ca-told=${(event: CustomEvent<Told>) => this.#tell(event)}>
        <courier-access-now
          flat ${seenBy({ home, words, access, building })} .news=${news}
          .pauses=${!compact && config.pause !== false} .compact=${compact}
        ></courier-access-now>
        ${more > 0
          ? html`<a class="more" href=${viewOf(building, "deliveries")}>
              ${words.say("panel_more")} (${more})
            </a>`
          : nothing}
      </div>
    `;
  }

  /** Dashboards have a place for such sentences, the front end's own. */
  #tell({ detail: { text, undo } }: CustomEvent<Told>): void {
    const action = undo && { text: this.#following.words?.say("panel_undo") ?? "", action: undo };
    const detail = { message: text, ...(action && { action, duration: TOLD_SECONDS * 1000 }) };
    this.dispatchEvent(new CustomEvent("hass-notification", { detail, bubbles: true, composed: true }));
  }
}
