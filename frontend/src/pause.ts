/** The pause of a home or of the whole building: asked until when before it is made, and undone right after it. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { addDays } from "./days";
import { View } from "./view";

/** How far ahead a pause may end. */
const DAYS_AHEAD = 365;
const HOUR = 3_600_000;

type Asks = "nothing" | "length" | "date";

@customElement("courier-access-pause")
export class PauseView extends View {
  static override styles = [
    View.styles,
    css`
      :host {
        margin-block-start: 12px;
      }
      form {
        margin-block-end: 8px;
      }
    `,
  ];

  /** The home to pause; the whole building without one. */
  @property() unit: string | undefined;
  /** When the pause ends; none is on without it. */
  @property() until: string | null = null;

  @state() private asks: Asks = "nothing";
  private date = "";

  /** The keyboard goes on where it is asked. */
  protected override updated(changed: PropertyValues): void {
    if (changed.get("asks") === "nothing") this.renderRoot.querySelector<HTMLElement>(".chips button")?.focus();
  }

  private get what(): "unit" | "building" {
    return this.unit === undefined ? "building" : "unit";
  }

  override render(): TemplateResult {
    const { what, until } = this;
    if (until)
      return html`
        <p class="status">${this.words.say(`page_${what}_paused`, { until: this.words.moment(until) })}</p>
        <button class="main" @click=${() => this.resume()}>${this.words.say(`page_resume_${what}`)}</button>
      `;
    if (this.asks === "nothing")
      return html`<button @click=${() => (this.asks = "length")}>${this.words.say(`page_pause_${what}`)}</button>`;
    const asked = what === "unit" ? this.say("pause_unit_asks") : this.say("pause_building_asks");
    return html`
      <div role="group" aria-label=${asked}>
        <p>${asked}</p>
        <div class="chips">
          <button @click=${() => this.pauseHour()}>${this.say("pause_hour")}</button>
          <button @click=${() => this.pauseUntil(addDays(this.today, 1))}>${this.say("pause_tonight")}</button>
          <button @click=${() => this.pauseDay()}>${this.say("pause_day")}</button>
          <button aria-expanded=${this.asks === "date"} @click=${() => (this.asks = "date")}>
            ${this.say("pause_date")}
          </button>
        </div>
        ${this.asks === "date" ? this.dateForm() : nothing}
        <button @click=${() => (this.asks = "nothing")}>${this.say("cancel")}</button>
      </div>
    `;
  }

  private dateForm(): TemplateResult {
    const first = addDays(this.today, 1);
    this.date ||= first;
    return html`
      <form
        class="row"
        @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          void this.pauseUntil(this.date);
        }}
      >
        <label
          >${this.say("pause_until")}
          <input
            type="date"
            min=${first}
            max=${addDays(this.today, DAYS_AHEAD)}
            .value=${this.date}
            required
            @change=${(event: Event) => (this.date = (event.target as HTMLInputElement).value)}
        /></label>
        <button class="main">${this.say("pause")}</button>
      </form>
    `;
  }

  private get today(): string {
    return this.words.wall(new Date().toISOString()).day;
  }

  private pauseHour(): Promise<void> {
    const until = new Date(Date.now() + HOUR).toISOString();
    return this.pause(until, this.words.moment(until));
  }

  /** What the house has as its own length, which a clock that is set doesn't shorten. */
  private pauseDay(): Promise<void> {
    return this.pause(undefined, this.words.moment(new Date(Date.now() + 24 * HOUR).toISOString()));
  }

  /** Until a date begins on the building's clock. */
  private pauseUntil(date: string): Promise<void> {
    const named = this.words.date(date, { weekday: "short", day: "numeric", month: "short" });
    return this.pause(`${date}T00:00:00`, `${named}, ${this.words.clock(0)}`);
  }

  private async pause(until: string | undefined, time: string): Promise<void> {
    this.asks = "nothing";
    this.date = "";
    const { building } = this.building;
    if (await this.act(() => this.access.pause(building, this.unit, until)))
      this.tell({ text: this.say("paused_until", { time }), undo: () => void this.resume() });
  }

  private async resume(): Promise<void> {
    const { building } = this.building;
    await this.act(() => this.access.resume(building, this.unit), this.words.say(`page_said_resume_${this.what}`));
  }
}
