/** Who came in: a live list, page by page. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";

import "./plot";
import "./record";
import "./visit";
import { alert, button, chips, empty, loading } from "./controls";
import type { EntriesPage, Entry } from "./model";
import { byDay, capital, continued, dayNamed, renewed } from "./pages";
import { line, lineStyles } from "./visit";
import { seenBy, View } from "./view";

const PAGE = 50;
const DECISIONS = ["admitted", "refused", "observed"] as const;

@customElement("courier-access-entries")
export class Entries extends View {
  static override styles = [
    View.styles,
    lineStyles,
    css`
      /* What is far away costs nothing, however long the list has become. */
      .page {
        content-visibility: auto;
        contain-intrinsic-size: auto 2400px;
      }
      /* Couriers may be many. */
      .chips + .chips {
        flex-wrap: nowrap;
        overflow-x: auto;
        padding: 4px;
        margin: -4px;
      }
      .chips + .chips button {
        flex: none;
      }
      .page li {
        padding: 0;
      }
      .page h3 {
        margin-block: 16px 4px;
        color: var(--secondary-text-color);
      }
    `,
  ];

  /** Grows whenever couriers came or went. */
  @property({ type: Number }) news = 0;

  @state() private pages: Entry[][] | undefined;
  /** Why the first page couldn't be read. */
  @state() private failure = "";
  @state() private next: number | null = null;
  @state() private courier = "";
  @state() private decision = "";
  /** The visit whose details are shown. */
  @state() private opened: Entry | undefined;
  /** Grows with each list that begins. */
  #begun = 0;
  /** Grows with each read of the newest page. */
  #renewals = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.isOther(changed)) {
      this.opened = undefined;
      this.#filter({ courier: "" });
    } else if (this.courier && this.building.couriers.every(({ courier }) => courier !== this.courier))
      this.#filter({ courier: "" });
    else if (changed.has("news")) void this.#renew();
  }

  override render(): TemplateResult {
    return html`
      <courier-access-plot
        ${seenBy(this)}
        .news=${this.news}
      ></courier-access-plot>
      <section>
        <h2>${this.words.say("page_came")}</h2>
        ${this.#filters()} ${this.#list()}
      </section>
      ${this.#details()}
      <courier-access-record ${seenBy(this)}></courier-access-record>
    `;
  }

  #details(): TemplateResult | typeof nothing {
    const { opened } = this;
    if (!opened) return nothing;
    // What the door did may have come since it was opened.
    const entry = this.pages?.flat().find(({ record }) => record === opened.record) ?? opened;
    return html`<courier-access-visit
      ${seenBy(this)} .entry=${entry}
      @ca-close=${() => this.#close(opened)}
    ></courier-access-visit>`;
  }

  /** The keyboard goes on where it was. */
  #close({ record }: Entry): void {
    this.opened = undefined;
    this.renderRoot.querySelector<HTMLElement>(`[data-record="${record}"] button`)?.focus();
  }

  #filters(): TemplateResult {
    const { couriers } = this.building;
    const all = { value: "", label: this.say("all") };
    const decisions = DECISIONS.map((value) => ({
      value,
      label: capital(this.words.say(`csv_${value}`), this.words.language),
    }));
    const names = couriers.map(({ courier: value, name: label }) => ({ value, label }));
    return html`
      ${chips(this.words.say("csv_decision"), this.decision, [all, ...decisions], (decision) => this.#filter({ decision }))}
      ${couriers.length > 1
        ? chips(this.words.say("csv_courier"), this.courier, [all, ...names], (courier) => this.#filter({ courier }))
        : nothing}
    `;
  }

  #list(): TemplateResult {
    const { pages } = this;
    if (pages === undefined)
      return this.failure
        ? alert("error", this.failure, button(this.words.say("page_door_look"), () => this.#begin()))
        : loading(this.say("loading"));
    if (pages.length === 0) return empty("parcel", this.words.say("page_came_none"));
    const { today } = this.words;
    return html`
      ${repeat(
        pages,
        (page, number) => (number === 0 ? "newest" : page.at(-1)?.record),
        (page, number) => {
          const before = pages[number - 1]?.at(-1);
          return html`
            <div class="page" aria-live=${number === 0 ? "polite" : "off"} aria-relevant="additions">
              ${guard([page, before, today, this.words], () => this.#page(page, before && this.#dayOf(before), today))}
            </div>
          `;
        },
      )}
      ${this.next === null ? nothing : html`<p id="more">${button(this.say("more"), () => void this.#more())}</p>`}
    `;
  }

  /** A page under the headings of its days; a day that the page before began has its heading there. */
  #page(page: Entry[], before: string | undefined, today: string): TemplateResult[] {
    return byDay(page, (entry) => this.#dayOf(entry)).map(
      ([day, entries]) => html`
        ${day === before ? nothing : html`<h3>${dayNamed(this.words, day, today)}</h3>`}
        <ul>
          ${repeat(
            entries,
            (entry) => entry.record,
            (entry) => html`<li data-record=${entry.record}>${line(this.words, entry, () => (this.opened = entry))}</li>`,
          )}
        </ul>
      `,
    );
  }

  #dayOf({ at }: Entry): string {
    return this.words.wall(at).day;
  }

  #filter(by: { courier?: string; decision?: string }): void {
    this.courier = by.courier ?? this.courier;
    this.decision = by.decision ?? this.decision;
    this.#begin();
  }

  #begin(): void {
    this.#begun++;
    this.failure = "";
    this.pages = undefined;
    this.next = null;
    void this.#renew();
  }

  /** Read the newest page and put it before what is there already. */
  async #renew(): Promise<void> {
    const renewal = ++this.#renewals;
    await this.#take(undefined, ({ entries, next }) => {
      if (renewal !== this.#renewals) return;
      this.pages = renewed(this.pages ?? [], entries, next !== null);
      if (this.pages.length <= 1) this.next = next;
    });
  }

  async #more(): Promise<void> {
    const before = this.next;
    if (before === null) return;
    await this.#take(before, ({ entries, next }) => {
      // Another tap went on from here already, or the list started over.
      if (before !== this.next) return;
      this.pages = continued(this.pages ?? [], before, entries);
      this.next = next;
    });
  }

  /** Read a page of the list as it is filtered now, and merge it unless another list has begun meanwhile. */
  async #take(before: number | undefined, merge: (page: EntriesPage) => void): Promise<void> {
    const begun = this.#begun;
    try {
      const page = await this.access.entries(this.building.building, this.#wanted(before));
      if (begun === this.#begun) merge(page);
    } catch (error) {
      if (begun !== this.#begun) return;
      const text = this.words.refusal(error);
      if (this.pages === undefined) this.failure = text;
      else this.tell({ text });
    }
  }

  #wanted(before?: number) {
    return {
      limit: PAGE,
      ...(before !== undefined && { before }),
      ...(this.courier && { courier: this.courier }),
      ...(this.decision && { decision: this.decision }),
    };
  }
}
