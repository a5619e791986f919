/** Days off in a month's calendar: tapped singly, or from a first to a last day. Other hours are listed below. */

import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { alert, button, date, dialog, iconButton, segmented, time } from "./controls";
import { exceptionOn, isOff, nextMonth, ranged, toggled, weeksOf, withException } from "./days";
import type { HoursException } from "./model";
import { saidDates, saidException } from "./said-rules";
import { View } from "./view";

type Tapped = "single" | "range";

/** Other hours as they are entered. */
interface Entered {
  first: string;
  last: string;
  from: string;
  to: string;
}

const NOTHING: Entered = { first: "", last: "", from: "", to: "" };

@customElement("courier-access-days-off")
export class DaysOff extends View {
  static override styles = [
    View.styles,
    css`
      ha-control-select,
      .segmented,
      .month,
      table {
        max-width: 400px;
      }
      .month {
        margin-block-start: 8px;
      }
      .month .grow {
        text-align: center;
        font-weight: 500;
      }
      /* Arrows are mirrored with the page. */
      .month:dir(rtl) :is(ha-icon-button, .only-icon) {
        scale: -1 1;
      }
      table {
        border-collapse: collapse;
        width: 100%;
        table-layout: fixed;
      }
      td {
        padding: 2px 0;
        text-align: center;
      }
      th {
        font-weight: 500;
        font-size: 12px;
        color: var(--secondary-text-color);
      }
      td button {
        width: 44px;
        max-width: 100%;
        padding: 0;
        border-radius: 50%;
        background: transparent;
        color: inherit;
        font-weight: 400;
        box-sizing: border-box;
      }
      td button.today {
        border: 1px solid var(--secondary-text-color);
      }
      td button[aria-pressed="true"] {
        background: color-mix(in srgb, var(--primary-color) 75%, #000);
        color: #fff;
        font-weight: 500;
      }
      td button:is(.other, .first) {
        border: 2px solid var(--primary-color);
      }
      td button.other {
        border-style: dashed;
      }
      ul {
        margin-block: 8px;
      }
    `,
  ];

  @property({ attribute: false }) exceptions: readonly HoursException[] = [];
  /** The date of today on the building's clock. */
  @property() today = "";

  @state() private month = "";
  @state() private tapped: Tapped = "single";
  /** The first day of a range whose last is not tapped yet. */
  @state() private first = "";
  @state() private entered: Entered | undefined;

  override render(): TemplateResult {
    return html`
      ${segmented(
        this.say("days_off"),
        this.tapped,
        [
          { value: "single", label: this.say("days_single") },
          { value: "range", label: this.say("days_range") },
        ] as const,
        (tapped) => {
          this.tapped = tapped;
          this.first = "";
        },
      )}
      <p class="soft" aria-live="polite">${this.#hint}</p>
      ${this.#calendar(this.month || this.today.slice(0, 7))} ${this.#others()}
      ${button(this.say("other_hours"), () => (this.entered = NOTHING), { icon: "add" })}
      ${this.entered ? this.#otherHours(this.entered) : nothing}
    `;
  }

  get #hint(): string {
    if (this.tapped === "single") return this.say("days_off_says");
    return this.first ? this.say("days_last_tap") : this.say("days_first_tap");
  }

  #calendar(month: string): TemplateResult {
    const title = this.words.date(`${month}-01`, { month: "long", year: "numeric" });
    const names = ["01", "02", "03", "04", "05", "06", "07"].map((day) => `2024-01-${day}`);
    const isFirst = month <= this.today.slice(0, 7);
    return html`
      <div class="row month">
        ${iconButton("before", this.say("month_before"), () => (this.month = nextMonth(month, -1)), isFirst)}
        <span class="grow" aria-live="polite">${title}</span>
        ${iconButton("after", this.say("month_after"), () => (this.month = nextMonth(month, 1)))}
      </div>
      <table aria-label=${title}>
        <thead>
          <tr>
            ${names.map(
              (day) =>
                html`<th scope="col" abbr=${this.words.date(day, { weekday: "long" })}>
                  ${this.words.date(day, { weekday: "narrow" })}
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${weeksOf(month, 1).map((week) => html`<tr>${week.map((day) => html`<td>${this.#cell(day)}</td>`)}</tr>`)}
        </tbody>
      </table>
    `;
  }

  #cell(day: string | undefined): TemplateResult | typeof nothing {
    if (!day) return nothing;
    const exception = exceptionOn(this.exceptions, day);
    const off = exception !== undefined && isOff(exception);
    const named = this.words.date(day, { weekday: "long", day: "numeric", month: "long" });
    const looks = [exception && !off && "other", day === this.today && "today", day === this.first && "first"];
    return html`
      <button
        data-date=${day}
        class=${looks.filter(Boolean).join(" ")}
        aria-pressed=${off}
        aria-label=${off ? this.say("day_off", { date: named }) : named}
        aria-current=${day === this.today ? "date" : nothing}
        ?disabled=${day < this.today}
        @click=${() => this.#tap(day)}
      >
        ${Number(day.slice(8))}
      </button>
    `;
  }

  #tap(day: string): void {
    const { first } = this;
    if (this.tapped === "single") this.#emit(toggled(this.exceptions, day));
    else if (first) {
      this.first = "";
      this.#emit(ranged(this.exceptions, first, day));
    } else this.first = day;
  }

  #others(): TemplateResult | typeof nothing {
    const coming = this.exceptions.filter((each) => (each.to ?? each.from) >= this.today);
    return coming.length
      ? html`<ul>
          ${coming.map((each) => this.#line(each))}
        </ul>`
      : nothing;
  }

  #line(each: HoursException): TemplateResult {
    const days = saidDates(this.words, each);
    const hours = saidException(this.words, each);
    return html`
      <li class="row">
        <span class="grow">${this.words.say("page_hours_line", { days, hours })}</span>
        ${iconButton("remove", this.say("remove_named", { name: days }), () =>
          this.#emit(this.exceptions.filter((other) => other !== each)),
        )}
      </li>
    `;
  }

  #otherHours(entered: Entered): TemplateResult {
    const put = (part: Partial<Entered>) => (this.entered = { ...entered, ...part });
    const { first, last, from, to } = entered;
    const isEarly = (last && last < first) || (from && to && endOf(to) <= from);
    const isComplete = first && Boolean(from) === Boolean(to) && !isEarly;
    return dialog(
      this.say("other_hours"),
      html`
        <div class="fields">
          ${date(this.home, this.say("first_day"), first, (value) => put({ first: value }), { min: this.today })}
          ${date(this.home, this.say("last_day"), last, (value) => put({ last: value }), { min: first || this.today })}
          <div class="row">
            ${time(this.home, this.say("from"), from, (value) => put({ from: value }))}
            ${time(this.home, this.say("to"), to, (value) => put({ to: value }))}
          </div>
        </div>
        ${isEarly ? alert("error", this.say("ends_early")) : html`<p class="soft">${this.say("other_hours_says")}</p>`}
      `,
      {
        main: button(this.say("save"), () => this.#add(entered), { kind: "main", disabled: !isComplete }),
        other: button(this.say("cancel"), () => (this.entered = undefined), { kind: "text" }),
      },
      () => (this.entered = undefined),
    );
  }

  #add({ first, last, from, to }: Entered): void {
    const windows = from && to ? [{ from, to: endOf(to) }] : [];
    this.entered = undefined;
    this.#emit(withException(this.exceptions, { from: first, to: last || first, ...(windows.length && { windows }) }));
  }

  #emit(exceptions: HoursException[]): void {
    const past = exceptions.filter((each) => (each.to ?? each.from) < this.today);
    const kept = exceptions.filter((each) => !past.includes(each));
    this.raise("ca-exceptions", kept);
  }
}

/** Midnight, if it ends a day. */
function endOf(time: string): string {
  return time === "00:00" ? "24:00" : time;
}
