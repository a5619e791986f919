/** The panel *Deliveries* of Home Assistant's sidebar: one building at a time, one view at a time. */

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import "./building";
import "./deliveries";
import "./entries";
import "./hours";
import "./now";
import { Following } from "./following";
import type { Home, Words } from "./home";
import { icon } from "./icon";
import type { Building, Named } from "./model";
import { shared } from "./style";
import { mine, TOLD_SECONDS, type Told } from "./view";

const VIEWS = ["now", "hours", "entries", "deliveries"] as const;
const OWNERS = "building";
type ViewName = (typeof VIEWS)[number] | typeof OWNERS;

@customElement("courier-access-panel")
export class Panel extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        min-height: 100%;
        background: var(--primary-background-color, #fafafa);
        padding-block-end: env(safe-area-inset-bottom);
      }
      header {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 56px;
        box-sizing: border-box;
        padding: calc(4px + env(safe-area-inset-top)) 12px 4px;
        background: var(--ha-card-background, var(--card-background-color, #fff));
        border-block-end: 1px solid var(--divider-color, #d0d0d0);
      }
      h1 {
        font-size: 1.2rem;
        font-weight: 400;
        margin: 0;
      }
      .menu {
        display: grid;
        place-items: center;
        width: 44px;
        border: 0;
        padding: 0;
        margin-inline-start: -8px;
      }
      nav {
        display: flex;
        overflow-x: auto;
        background: var(--ha-card-background, var(--card-background-color, #fff));
        border-block-end: 1px solid var(--divider-color, #d0d0d0);
      }
      nav a {
        padding: 12px 10px;
        white-space: nowrap;
        color: inherit;
        text-decoration: none;
        border-block-end: 3px solid transparent;
      }
      nav a[aria-current="page"] {
        border-color: var(--primary-color, #009ac7);
        font-weight: 500;
      }
      main {
        max-width: 860px;
        margin: 0 auto;
        padding: 16px 12px;
      }
      .told {
        position: fixed;
        inset-inline: 12px;
        inset-block-end: calc(12px + env(safe-area-inset-bottom));
        max-width: 560px;
        margin: 0 auto;
        display: flex;
        gap: 12px;
        align-items: center;
        padding: 12px 16px;
        border-radius: 10px;
        background: var(--primary-text-color, #141414);
        color: var(--primary-background-color, #fafafa);
        z-index: 9;
      }
      .told button {
        background: transparent;
        border-color: currentColor;
        color: inherit;
      }
    `,
  ];

  @property({ type: Boolean, reflect: true }) narrow = false;
  @property({ attribute: false }) route?: { path: string };

  @state() private chosen = "";
  @state() private told: Told | undefined;
  private readonly following = new Following(this);
  private fading: ReturnType<typeof setTimeout> | undefined;

  get hass(): Home | undefined {
    return this.following.home;
  }

  set hass(home: Home | undefined) {
    this.following.home = home;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.fading);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // A notification leads to its own building.
    if (changed.has("route")) this.chosen = new URLSearchParams(location.search).get("building") ?? this.chosen;
  }

  override render(): TemplateResult {
    const { words } = this.following;
    if (!words) return html``;
    const building = this.current;
    return html`
      <header>
        ${this.narrow
          ? html`<button class="menu" aria-label=${words.say("panel_menu")} @click=${() => this.toggleMenu()}>
              ${icon("menu")}
            </button>`
          : nothing}
        <h1 class="grow">${building?.name ?? words.say("panel_sidebar")}</h1>
        ${this.choice(words)}
      </header>
      ${building ? this.views(words, building) : html`<main>${this.nothing(words)}</main>`}
      <div role="status" aria-live="polite">${this.toast(words)}</div>
    `;
  }

  private get current(): Building | Named | undefined {
    const { all } = this.following;
    return all.find(({ building }) => building === this.chosen) ?? all[0];
  }

  private viewsOf(building: Building | Named): readonly ViewName[] {
    if (!isWhole(building)) return [OWNERS];
    if (!building.is_owner) return VIEWS;
    // An owner who lives elsewhere has no rules here, and comes for the building.
    return mine(building).length ? [...VIEWS, OWNERS] : [OWNERS, ...VIEWS.filter((name) => name !== "hours")];
  }

  private viewOf(building: Building | Named): ViewName {
    const named = this.route?.path.replace(/^\//, "");
    const views = this.viewsOf(building);
    return views.find((name) => name === named) ?? views[0] ?? "now";
  }

  private nothing(words: Words): TemplateResult {
    if (this.following.failure) return html`<p class="status bad" role="alert">${this.following.failure}</p>`;
    return html`<p role="status">${words.say(this.following.absence)}</p>`;
  }

  private choice(words: Words): TemplateResult | typeof nothing {
    const { all } = this.following;
    if (all.length < 2) return nothing;
    return html`
      <select
        aria-label=${words.say("panel_which_building")}
        @change=${(event: Event) => (this.chosen = (event.target as HTMLSelectElement).value)}
      >
        ${all.map(
          ({ building, name }) =>
            html`<option value=${building} .selected=${building === this.current?.building}>${name}</option>`,
        )}
      </select>
    `;
  }

  private views(words: Words, building: Building | Named): TemplateResult {
    const view = this.viewOf(building);
    return html`
      <nav aria-label=${words.say("panel_sidebar")}>
        ${this.viewsOf(building).map(
          (name) => html`
            <a
              href="/courier-access/${name}"
              aria-current=${name === view ? "page" : nothing}
              @click=${(event: MouseEvent) => this.go(event, name)}
              >${words.say(`panel_view_${name}`)}</a
            >
          `,
        )}
      </nav>
      <main @ca-told=${(event: CustomEvent<Told>) => this.tell(event.detail)}>
        ${this.following.failure ? html`<p class="status bad" role="alert">${this.following.failure}</p>` : nothing}
        ${isWhole(building) && !this.following.isReady(building)
          ? html`<p class="status bad" role="status">${words.say("panel_not_ready")}</p>`
          : nothing}
        ${isWhole(building) && view !== OWNERS
          ? this.shown(words, building, view)
          : html`<courier-access-building
              .home=${this.hass} .words=${words} .access=${this.following.access} .building=${building}
              .news=${this.following.ownersNews} .whole=${isWhole(building)}
            ></courier-access-building>`}
      </main>
    `;
  }

  private shown(words: Words, building: Building, view: (typeof VIEWS)[number]): TemplateResult {
    const { home, access, news } = this.following;
    switch (view) {
      case "now":
        return html`<courier-access-now
          .home=${home} .words=${words} .access=${access} .building=${building} .news=${news}
        ></courier-access-now>`;
      case "hours":
        return html`<courier-access-hours
          .home=${home} .words=${words} .access=${access} .building=${building}
        ></courier-access-hours>`;
      case "entries":
        return html`<courier-access-entries
          .home=${home} .words=${words} .access=${access} .building=${building} .news=${news}
        ></courier-access-entries>`;
      case "deliveries":
        return html`<courier-access-deliveries
          .home=${home} .words=${words} .access=${access} .building=${building}
        ></courier-access-deliveries>`;
    }
  }

  private go(event: MouseEvent, name: ViewName): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", `/courier-access/${name}`);
    window.dispatchEvent(new CustomEvent("location-changed", { detail: { replace: false } }));
  }

  private toggleMenu(): void {
    this.dispatchEvent(new CustomEvent("hass-toggle-menu", { bubbles: true, composed: true }));
  }

  private tell(told: Told): void {
    clearTimeout(this.fading);
    this.told = told;
    this.fading = setTimeout(() => (this.told = undefined), TOLD_SECONDS * 1000);
  }

  private toast(words: Words): TemplateResult | typeof nothing {
    const { told } = this;
    if (!told) return nothing;
    return html`
      <div class="told">
        <span class="grow">${told.text}</span>
        ${told.undo
          ? html`<button
              @click=${() => {
                this.told = undefined;
                told.undo?.();
              }}
            >
              ${words.say("panel_undo")}
            </button>`
          : nothing}
      </div>
    `;
  }
}

function isWhole(building: Building | Named): building is Building {
  return "doors" in building;
}
