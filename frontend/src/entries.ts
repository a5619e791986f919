/** Who came in: a live list, page by page. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";

import "./record";
import type { Entry } from "./model";
import { continued, happened, renewed } from "./pages";
import { View } from "./view";

const PAGE = 50;

@customElement("courier-access-entries")
export class Entries extends View {
  static override styles = [
    View.styles,
    css`
      /* What is far away costs nothing, however long the list has become. */
      .page {
        content-visibility: auto;
        contain-intrinsic-size: auto 2400px;
      }
      .page + .page li:first-child {
        border-block-start: 1px solid var(--divider-color, #d0d0d0);
      }
      summary {
        cursor: pointer;
      }
    `,
  ];

  /** Grows whenever couriers came or went. */
  @property({ type: Number }) news = 0;

  @state() private pages: Entry[][] | undefined;
  @state() private next: number | null = null;
  @state() private courier = "";
  @state() private decision = "";
  private asked = 0;
  private reads = false;
  private seen: IntersectionObserver | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.seen = new IntersectionObserver((marks) => {
      if (marks.some((mark) => mark.isIntersecting)) void this.more();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.seen?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const other = changed.get("building");
    if (other !== undefined && other.building !== this.building.building) this.begin();
    else if (changed.has("news")) void this.renew();
  }

  protected override updated(): void {
    const mark = this.renderRoot.querySelector("#more");
    this.seen?.disconnect();
    if (mark) this.seen?.observe(mark);
  }

  override render(): TemplateResult {
    return html`
      <section>
        <h2>${this.words.say("page_came")}</h2>
        <p class="soft">${this.say("came_says", { days: this.building.retention_days })}</p>
        <div class="row" role="search">
          <label
            >${this.words.say("csv_courier")}
            <select @change=${(event: Event) => this.filter({ courier: chosen(event) })}>
              <option value="">${this.say("all")}</option>
              ${this.building.couriers.map(
                ({ courier, name }) =>
                  html`<option value=${courier} .selected=${courier === this.courier}>${name}</option>`,
              )}
            </select>
          </label>
          <label
            >${this.words.say("csv_decision")}
            <select @change=${(event: Event) => this.filter({ decision: chosen(event) })}>
              <option value="">${this.say("all")}</option>
              ${["admitted", "refused", "observed"].map(
                (decision) =>
                  html`<option value=${decision} .selected=${decision === this.decision}>
                    ${this.words.say(`csv_${decision}`)}
                  </option>`,
              )}
            </select>
          </label>
        </div>
        ${this.list()}
      </section>
      <courier-access-record
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
      ></courier-access-record>
    `;
  }

  private list(): TemplateResult {
    if (this.pages === undefined) return html`<p role="status">${this.say("loading")}</p>`;
    if (this.pages.length === 0) return html`<p>${this.words.say("page_came_none")}</p>`;
    return html`
      ${repeat(
        this.pages,
        (page, number) => (number === 0 ? "newest" : page.at(-1)?.record),
        (page, number) => html`
          <ul class="page" aria-live=${number === 0 ? "polite" : "off"} aria-relevant="additions">
            ${guard([page, this.words], () =>
              repeat(
                page,
                (entry) => entry.record,
                (entry) => this.entry(entry),
              ),
            )}
          </ul>
        `,
      )}
      ${this.next === null
        ? nothing
        : html`<button id="more" @click=${() => this.more()}>${this.say("more")}</button>`}
    `;
  }

  private entry(entry: Entry): TemplateResult {
    return html`
      <li data-record=${entry.record}>
        <details>
          <summary>
            ${this.words.say(`notification_${happened(entry)}`, {
              courier: entry.courier,
              door: entry.door,
              time: this.words.moment(entry.at),
            })}
            ${entry.units?.length
              ? html`<strong>${entry.units.map((unit) => this.words.say("notification_unit", { unit })).join(" ")}</strong>`
              : nothing}
          </summary>
          ${entry.decision === "refused"
            ? html`<p>${this.words.say(`notification_reason_${entry.reason}`)}</p>`
            : nothing}
          ${entry.proof === "signed"
            ? nothing
            : html`<p>${this.words.say("page_proof", { proof: this.words.say(`csv_${entry.proof}`) })}</p>`}
          ${entry.parcel_ref
            ? html`<p>${this.words.say("notification_parcel", { parcel: entry.parcel_ref })}</p>`
            : nothing}
          ${entry.driver_ref
            ? html`<p>${this.words.say("csv_driver")}: ${entry.driver_ref}</p>`
            : nothing}
          ${entry.details_erased ? html`<p class="soft">${this.words.say("page_erased")}</p>` : nothing}
          ${entry.repeats > 0
            ? html`<p>${this.words.say("page_repeats", { count: entry.repeats })}</p>`
            : nothing}
          ${entry.completed_at
            ? html`<p>${this.say("completed", { time: this.words.moment(entry.completed_at) })}</p>`
            : nothing}
          ${entry.notifications?.map(
            (notification) =>
              html`<p class="soft">${notification.resident ?? "–"}: ${this.say(`notification_${notification.state}`)}</p>`,
          )}
          <p class="soft">${this.words.say("csv_record")} ${entry.record}</p>
        </details>
      </li>
    `;
  }

  private filter(by: { courier?: string; decision?: string }): void {
    this.courier = by.courier ?? this.courier;
    this.decision = by.decision ?? this.decision;
    this.begin();
  }

  private begin(): void {
    this.pages = undefined;
    this.next = null;
    void this.renew();
  }

  /** Read the newest page and put it before what is there already. */
  private async renew(): Promise<void> {
    await this.take(async () => {
      const newest = await this.access.entries(this.building.building, this.wanted());
      const pages = renewed(this.pages ?? [], newest.entries);
      return [pages, pages.length > 1 ? this.next : newest.next];
    });
  }

  private async more(): Promise<void> {
    const before = this.next;
    if (before === null || this.reads) return;
    this.reads = true;
    await this.take(async () => {
      const page = await this.access.entries(this.building.building, this.wanted(before));
      return [continued(this.pages ?? [], before, page.entries), page.next];
    });
    this.reads = false;
    // What was read may have been overtaken by a newer page: look again whether more is to be seen.
    this.requestUpdate();
  }

  /** Take what was read, unless something else was asked meanwhile. */
  private async take(read: () => Promise<[Entry[][], number | null]>): Promise<void> {
    const asked = ++this.asked;
    try {
      const [pages, next] = await read();
      if (asked === this.asked) [this.pages, this.next] = [pages, next];
    } catch (error) {
      this.tell({ text: this.words.refusal(error) });
    }
  }

  private wanted(before?: number) {
    return {
      limit: PAGE,
      ...(before !== undefined && { before }),
      ...(this.courier && { courier: this.courier }),
      ...(this.decision && { decision: this.decision }),
    };
  }
}

function chosen(event: Event): string {
  return (event.target as HTMLSelectElement).value;
}
