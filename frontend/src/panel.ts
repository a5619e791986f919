/** The panel *Deliveries* of Home Assistant's sidebar: one building at a time, one view at a time. */

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import "./building";
import "./deliveries";
import "./entries";
import "./hours";
import "./may-enter";
import "./now";
import { alert, button, empty, loading, menuButton, select } from "./controls";
import { Following } from "./following";
import type { Home, Words } from "./home";
import type { Building, WithoutLedger } from "./model";
import { shared } from "./style";
import { isWhole, mine, openPage, seenBy, TOLD_SECONDS, type Seen, type Told } from "./view";

const VIEWS = ["now", "hours", "entries", "deliveries"] as const;
const OWNERS = "building";
type ViewName = (typeof VIEWS)[number] | typeof OWNERS;
/** The route is the same if only the building in the address is another. */
const MOVES = ["location-changed", "popstate"] as const;

@customElement("courier-access-panel")
export class Panel extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        min-height: 100%;
        background: var(--primary-background-color);
        padding-block-end: env(safe-area-inset-bottom);
      }
      header,
      nav {
        position: sticky;
        inset-block-start: 0;
        z-index: 4;
      }
      nav {
        inset-block-start: calc(var(--header-height) + env(safe-area-inset-top));
      }
      header {
        display: flex;
        align-items: center;
        gap: 8px;
        height: calc(var(--header-height) + env(safe-area-inset-top));
        box-sizing: border-box;
        padding: env(safe-area-inset-top) 16px 0;
        background: var(--app-header-background-color);
        color: var(--app-header-text-color);
      }
      :host([narrow]) header {
        padding-inline-start: 4px;
      }
      h1 {
        font-size: var(--ha-font-size-xl);
        font-weight: 400;
        line-height: 1.2;
        margin: 0;
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
      }
      nav {
        display: flex;
        overflow-x: auto;
        scrollbar-width: none;
        background: var(--app-header-background-color);
        border-block-end: var(--app-header-border-bottom);
      }
      nav a {
        display: flex;
        align-items: center;
        min-height: 48px;
        box-sizing: border-box;
        padding-inline: 12px;
        white-space: nowrap;
        color: var(--secondary-text-color);
        font-size: var(--ha-font-size-m);
        font-weight: var(--ha-font-weight-medium);
        text-decoration: none;
        border-block: 2px solid transparent;
      }
      nav a[aria-current="page"] {
        color: var(--app-header-text-color);
        border-block-end-color: var(--primary-color);
      }
      nav a:focus-visible {
        outline-offset: -3px;
      }
      main {
        max-width: 860px;
        margin: 0 auto;
        padding: 16px;
      }
      .told {
        position: fixed;
        inset: auto 8px calc(8px + env(safe-area-inset-bottom));
        width: auto;
        max-width: 560px;
        margin: 0 auto;
        border: none;
        display: flex;
        gap: 16px;
        align-items: center;
        min-height: 48px;
        box-sizing: border-box;
        padding: 2px 8px 2px 16px;
        border-radius: var(--ha-border-radius-sm);
        background: var(--primary-text-color);
        color: var(--primary-background-color);
        box-shadow: var(--ha-box-shadow-m);
        z-index: 9;
      }
      .told button {
        background: transparent;
        color: inherit;
      }
    `,
  ];

  @property({ type: Boolean, reflect: true }) narrow = false;
  @property({ attribute: false }) route?: { path: string };

  @state() private chosen = "";
  @state() private told: Told | undefined;
  /** The names of buildings that the reader left lately. */
  @state() private left: string[] = [];
  #hasAsked = false;
  readonly #following = new Following(this);
  #fading: ReturnType<typeof setTimeout> | undefined;

  get hass(): Home | undefined {
    return this.#following.home;
  }

  set hass(home: Home | undefined) {
    this.#following.home = home;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of MOVES) window.addEventListener(event, this.#locate);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const event of MOVES) window.removeEventListener(event, this.#locate);
    clearTimeout(this.#fading);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#readLeft();
    if (!changed.has("route")) return;
    this.#locate();
    if (changed.get("route")?.path !== this.route?.path) this.told = undefined;
  }

  /** A notification leads to its own building. */
  readonly #locate = (): void => {
    this.#show(new URLSearchParams(location.search).get("building") ?? this.chosen);
  };

  /** What was said of another building ends. */
  #show(building: string): void {
    if (building !== this.chosen) this.told = undefined;
    this.chosen = building;
  }

  #choose(building: string): void {
    this.#show(building);
    // Or going back, as from a dialog, would lead to the building before.
    history.replaceState(history.state, "", `${location.pathname}?building=${building}`);
  }

  override render(): TemplateResult {
    const { words } = this.#following;
    if (!words) return html``;
    const building = this.#current;
    return html`
      <header>
        ${menuButton(this.hass, this.narrow, words.say("panel_menu"), () => this.#toggleMenu())}
        <h1 class="grow">${building?.name ?? words.say("panel_sidebar")}</h1>
        ${this.#choice(words)}
      </header>
      ${building ? this.#views(words.in(building.time_zone), building) : html`<main>${this.#nothing(words)}</main>`}
      <div role="status" aria-live="polite">${this.#toast(words)}</div>
    `;
  }

  get #current(): Building | WithoutLedger | undefined {
    const { all } = this.#following;
    return all.find(({ building }) => building === this.chosen) ?? all[0];
  }

  #viewsOf(building: Building | WithoutLedger): readonly ViewName[] {
    if (!isWhole(building)) return [OWNERS];
    if (!building.is_owner) return VIEWS;
    // An administrator who lives elsewhere has no rules here, and comes for the building.
    return mine(building).length ? [...VIEWS, OWNERS] : [OWNERS, ...VIEWS.filter((name) => name !== "hours")];
  }

  #viewOf(building: Building | WithoutLedger): ViewName {
    const named = this.route?.path.replace(/^\//, "");
    const views = this.#viewsOf(building);
    return views.find((name) => name === named) ?? views[0] ?? "now";
  }

  #nothing(words: Words): TemplateResult {
    if (this.#following.failure) return alert("error", this.#following.failure);
    const said = words.say(this.#following.absence);
    return this.#following.buildings ? empty("locked", said, this.#left(words)) : loading(said);
  }

  /** What is stored about someone who left stays readable for a while. */
  #left(words: Words): TemplateResult {
    const { access } = this.#following;
    const said = words.say("page_about_open");
    return html`${this.left.map((name, at, { length }) =>
      button(length > 1 ? `${said}: ${name}` : said, () => {
        // A link that was read before may have ended.
        const page = access.left().then((pages) => pages[at]);
        openPage(page).catch((error: unknown) => this.#tell({ text: words.refusal(error) }));
      }),
    )}`;
  }

  /** Who has no building may have left one. */
  #readLeft(): void {
    const { access, buildings, failure } = this.#following;
    if (this.#hasAsked || this.#current || !buildings || failure) return;
    this.#hasAsked = true;
    void access.left().then(
      (pages) => (this.left = pages.map(({ name }) => name)),
      () => undefined,
    );
  }

  #choice(words: Words): TemplateResult | typeof nothing {
    const { all } = this.#following;
    if (all.length < 2) return nothing;
    return select(
      words.say("panel_which_building"),
      this.#current?.building,
      all.map(({ building, name }) => ({ value: building, label: name })),
      (building) => this.#choose(building),
    );
  }

  #views(words: Words, building: Building | WithoutLedger): TemplateResult {
    const view = this.#viewOf(building);
    return html`
      <nav aria-label=${words.say("panel_sidebar")}>
        ${this.#viewsOf(building).map(
          (name) => html`
            <a
              href="/courier-access/${name}"
              aria-current=${name === view ? "page" : nothing}
              @click=${(event: MouseEvent) => this.#go(event, name)}
              >${words.say(`panel_view_${name}`)}</a
            >
          `,
        )}
      </nav>
      <main @click=${this.#next} @ca-told=${(event: CustomEvent<Told>) => this.#tell(event.detail)}>
        ${this.#following.failure ? alert("error", this.#following.failure) : nothing}
        ${isWhole(building) && !this.#following.isReady(building)
          ? alert("warning", words.say("panel_not_ready"))
          : nothing}
        ${isWhole(building) && view !== OWNERS
          ? this.#shown(words, building, view)
          : html`<courier-access-building
              ${seenBy(this.#seen(words, building))} .news=${this.#following.ownersNews} .whole=${isWhole(building)}
            ></courier-access-building>`}
      </main>
    `;
  }

  #seen(words: Words, building: Building | WithoutLedger): Seen {
    const { home, access } = this.#following;
    return { home, words, access, building };
  }

  #shown(words: Words, building: Building, view: (typeof VIEWS)[number]): TemplateResult {
    const { news } = this.#following;
    const seen = seenBy(this.#seen(words, building));
    switch (view) {
      case "now":
        return html`<courier-access-now ${seen} .news=${news}></courier-access-now>`;
      case "hours":
        return html`<courier-access-hours ${seen}></courier-access-hours>
          <courier-access-may-enter
            ${seen}
            .couriers=${building.couriers.map(({ courier, name }) => [courier, name])}
            .doors=${building.doors.map(({ door, name }) => [door, name])}
            .hours=${building.hours}
            .units=${confirmedUnits(building)}
            .own=${confirmedUnits(building)}
          ></courier-access-may-enter>`;
      case "entries":
        return html`<courier-access-entries ${seen} .news=${news}></courier-access-entries>`;
      case "deliveries":
        return html`<courier-access-deliveries ${seen} .news=${news}></courier-access-deliveries>`;
    }
  }

  #go(event: MouseEvent, name: ViewName): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", `/courier-access/${name}`);
    window.dispatchEvent(new CustomEvent("location-changed", { detail: { replace: false } }));
    // The tabs stay while a view scrolls; the next view begins at its top.
    this.scrollIntoView();
  }

  #toggleMenu(): void {
    this.dispatchEvent(new CustomEvent("hass-toggle-menu", { bubbles: true, composed: true }));
  }

  /** What was said, and can be undone, ends with the next act, before that says something itself. */
  readonly #next = { handleEvent: () => (this.told = undefined), capture: true };

  #tell(told: Told): void {
    clearTimeout(this.#fading);
    this.told = told;
    // A way back stays until the next act.
    if (!told.undo) this.#fading = setTimeout(() => (this.told = undefined), TOLD_SECONDS * 1000);
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!changed.has("told")) return;
    // In the top layer, above a dialog that was opened before.
    const toast = this.renderRoot.querySelector<HTMLElement>(".told");
    toast?.hidePopover?.();
    toast?.showPopover?.();
  }

  #toast(words: Words): TemplateResult | typeof nothing {
    const { told } = this;
    if (!told) return nothing;
    return html`
      <div class="told" popover="manual">
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

/** The reader's own units, in which they have a say. */
function confirmedUnits(building: Building): string[] {
  return [...new Set(mine(building).flatMap((each) => (each.waits_for_confirmation ? [] : each.unit)))];
}
