/** Days off in a month's calendar: tapped on and off. Other hours on a date are listed below. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { exceptionOn, isOff, nextMonth, toggled, weeksOf, withException } from "./days";
import type { Words } from "./home";
import type { HoursException } from "./model";
import { saidDates, saidException } from "./said-rules";
import { shared } from "./style";

@customElement("courier-access-days-off")
export class DaysOff extends LitElement {
  static override styles = [
    shared,
    css`
      table {
        border-collapse: collapse;
        width: 100%;
        max-width: 26em;
        table-layout: fixed;
      }
      td {
        padding: 2px;
        text-align: center;
      }
      th {
        font-weight: 500;
        font-size: 0.8rem;
        padding-block-start: 6px;
      }
      /* Arrows are mirrored with the page. */
      .row > button {
        unicode-bidi: normal;
      }
      td button {
        width: 100%;
        padding: 0;
        min-height: 44px;
        background: transparent;
        color: inherit;
      }
      td button[aria-pressed="true"] {
        border: 2px solid var(--error-color, #db4437);
        text-decoration: line-through;
      }
      td button.other {
        border: 2px dashed var(--primary-color, #009ac7);
      }
    `,
  ];

  @property({ attribute: false }) words!: Words;
  @property({ attribute: false }) exceptions: readonly HoursException[] = [];
  /** The date of today on the building's clock. */
  @property() today = "";

  @state() private month = "";

  override render(): TemplateResult {
    const month = this.month || this.today.slice(0, 7);
    const weeks = weeksOf(month, 1);
    const names = ["01", "02", "03", "04", "05", "06", "07"].map((day) => `2024-01-${day}`);
    const title = this.words.date(`${month}-01`, { month: "long", year: "numeric" });
    return html`
      <div class="row">
        <button aria-label=${this.say("month_before")} @click=${() => (this.month = nextMonth(month, -1))}>
          ‹
        </button>
        <span class="grow" aria-live="polite">${title}</span>
        <button aria-label=${this.say("month_after")} @click=${() => (this.month = nextMonth(month, 1))}>
          ›
        </button>
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
          ${weeks.map((week) => html`<tr>${week.map((day) => html`<td>${this.cell(day)}</td>`)}</tr>`)}
        </tbody>
      </table>
      ${this.others()}
    `;
  }

  private say(key: string, values?: Record<string, string | number>): string {
    return this.words.say(`panel_${key}`, values);
  }

  private cell(day: string | undefined): TemplateResult | typeof nothing {
    if (!day) return nothing;
    const exception = exceptionOn(this.exceptions, day);
    const off = exception !== undefined && isOff(exception);
    const date = this.words.date(day, { weekday: "long", day: "numeric", month: "long" });
    return html`
      <button
        data-date=${day}
        class=${exception && !off ? "other" : ""}
        aria-pressed=${off}
        aria-label=${off ? this.say("day_off", { date }) : date}
        ?disabled=${day < this.today}
        @click=${() => this.emit(toggled(this.exceptions, day))}
      >
        ${Number(day.slice(8))}
      </button>
    `;
  }

  private others(): TemplateResult {
    const coming = this.exceptions.filter((each) => (each.to ?? each.from) >= this.today);
    return html`
      ${coming.length
        ? html`<ul>
            ${coming.map((each) => this.line(each))}
          </ul>`
        : nothing}
      <h3>${this.say("other_hours")}</h3>
      <form class="row" @submit=${(event: SubmitEvent) => this.add(event)}>
        <label>${this.say("first_day")} <input type="date" name="first" min=${this.today} required /></label>
        <label>${this.say("last_day")} <input type="date" name="last" min=${this.today} /></label>
        <label>${this.say("from")} <input type="time" name="from" /></label>
        <label>${this.say("to")} <input type="time" name="to" /></label>
        <button>${this.say("add")}</button>
      </form>
      <p class="soft">${this.say("other_hours_says")}</p>
    `;
  }

  private line(each: HoursException): TemplateResult {
    const days = saidDates(this.words, each);
    const hours = saidException(this.words, each);
    return html`
      <li class="row">
        <span class="grow">${this.words.say("page_hours_line", { days, hours })}</span>
        <button
          aria-label=${this.say("remove_named", { name: days })}
          @click=${() => this.emit(this.exceptions.filter((other) => other !== each))}
        >
          ${this.say("delete")}
        </button>
      </li>
    `;
  }

  private add(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const given = (name: string) => String(new FormData(form).get(name) ?? "");
    const [first, last, from, to] = ["first", "last", "from", "to"].map(given) as [string, string, string, string];
    const windows = from && to ? [{ from, to: to === "00:00" ? "24:00" : to }] : [];
    const added = { from: first, to: last >= first ? last : first, ...(windows.length && { windows }) };
    form.reset();
    this.emit(withException(this.exceptions, added));
  }

  private emit(exceptions: HoursException[]): void {
    const past = exceptions.filter((each) => (each.to ?? each.from) < this.today);
    const kept = exceptions.filter((each) => !past.includes(each));
    this.dispatchEvent(
      new CustomEvent<HoursException[]>("ca-exceptions", { detail: kept, bubbles: true, composed: true }),
    );
  }
}
