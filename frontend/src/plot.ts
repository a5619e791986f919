/** When couriers come: visits by weekday and hour as a heat map, with its numbers as a table. */

import { css, html, nothing, svg, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { group } from "./group";
import type { Visits } from "./model";
import { weekday } from "./said-week";
import { View } from "./view";

const HOURS = 24;
const HOUR = 60;
const LABELED = [0, 6, 12, 18];
/** How strong the color of an hour with few visits is, so that it can be told from none. */
const FAINTEST = 0.2;

export interface Peak {
  day: number;
  hour: number;
  count: number;
  total: number;
}

/** The hour of the week with the most visits, the first of several; undefined without visits. */
export function peakOf(visits: readonly (readonly number[])[]): Peak | undefined {
  const total = visits.flat().reduce((sum, count) => sum + count, 0);
  const count = Math.max(0, ...visits.flat());
  const day = visits.findIndex((hours) => hours.includes(count));
  const hour = visits[day]?.indexOf(count) ?? 0;
  return total > 0 ? { day, hour, count, total } : undefined;
}

@customElement("courier-access-plot")
export class Plot extends View {
  static override styles = [
    View.styles,
    css`
      .plot {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 4px 8px;
        font-size: 0.85rem;
        line-height: 20px;
      }
      .plot svg {
        display: block;
        width: 100%;
        height: 140px;
        fill: var(--primary-color);
      }
      .plot .none {
        fill: var(--divider-color);
        fill-opacity: 0.4;
      }
      .hours {
        grid-column: 2;
        display: grid;
        grid-template-columns: repeat(4, 1fr);
        font-size: 0.75rem;
      }
    `,
  ];

  /** Grows whenever couriers came or went. */
  @property({ type: Number }) news = 0;

  @state() private found: Visits | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.isOther(changed)) this.found = undefined;
    else if (!changed.has("news") && this.hasUpdated) return;
    void this.#read();
  }

  async #read(): Promise<void> {
    const { building } = this.building;
    try {
      const found = await this.access.visits(building);
      if (building === this.building.building) this.found = found;
    } catch {
      // The list of visits says why they can't be read.
    }
  }

  override render(): TemplateResult | typeof nothing {
    const { found } = this;
    const peak = found && peakOf(found.visits);
    if (!peak) return nothing;
    const busiest = this.say("plot_busiest", {
      day: this.words.date(`2024-01-0${peak.day + 1}`, { weekday: "long" }),
      hours: this.#hour(peak.hour),
      count: peak.count,
      total: peak.total,
      days: found.days,
    });
    return group(this.say("plot"), busiest, html`${this.#map(found, peak)} ${this.#table(found)}`);
  }

  #map({ visits }: Visits, peak: Peak): TemplateResult {
    return html`
      <div class="plot" aria-hidden="true">
        <div>${visits.map((_, day) => html`<div>${weekday(this.words, day)}</div>`)}</div>
        <svg viewBox="0 0 ${HOURS} ${visits.length}" preserveAspectRatio="none">
          ${visits.map((hours, day) =>
            hours.map(
              (count, hour) => svg`<rect
                class=${count ? "some" : "none"} x=${hour + 0.05} y=${day + 0.06} width="0.9" height="0.88"
                fill-opacity=${count ? FAINTEST + (1 - FAINTEST) * (count / peak.count) : nothing}
              />`,
            ),
          )}
        </svg>
        <div class="hours soft">${LABELED.map((hour) => html`<span>${this.words.clock(hour * HOUR)}</span>`)}</div>
      </div>
    `;
  }

  /** The same numbers to be read out: from the first to the last hour with a visit. */
  #table({ visits }: Visits): TemplateResult {
    const busy = Array.from({ length: HOURS }, (_, hour) => hour).filter((hour) => visits.some((day) => day[hour]));
    const [first = 0, last = 0] = [busy[0], busy.at(-1)];
    const hours = Array.from({ length: last - first + 1 }, (_, number) => first + number);
    return html`
      <div class="quiet">
        <table>
          <caption>
            ${this.say("plot")}
          </caption>
          <tr>
            <th scope="col">${this.words.say("page_day")}</th>
            ${hours.map((hour) => html`<th scope="col">${this.#hour(hour)}</th>`)}
          </tr>
          ${visits.map(
            (counts, day) => html`<tr>
              <th scope="row">${this.words.date(`2024-01-0${day + 1}`, { weekday: "long" })}</th>
              ${hours.map((hour) => html`<td>${counts[hour]}</td>`)}
            </tr>`,
          )}
        </table>
      </div>
    `;
  }

  #hour(hour: number): string {
    return this.words.hours(hour * HOUR, (hour + 1) * HOUR);
  }
}
