/** The pause of a home or of the whole building: asked until when before it is made, and undone right after it. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { button, date, focusOn } from "./controls";
import { addDays } from "./days";
import { View } from "./view";

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
      :host([flat]) {
        margin: 0;
      }
    `,
  ];

  /** The home to pause; the whole building without one. */
  @property() unit: string | undefined;
  /** When the pause ends; none is on without it. */
  @property() until: string | null = null;

  /** On a card, beside what it pauses. */
  @property({ type: Boolean, reflect: true }) flat = false;

  @state() private asks: Asks = "nothing";
  @state() private date = "";

  /** Whether the keyboard was in here before what is drawn changed. */
  #wasIn = false;

  protected override willUpdate(): void {
    this.#wasIn = Boolean(this.shadowRoot?.activeElement);
  }

  /** The keyboard goes on with what was drawn in place of the button that was pressed. */
  protected override updated(changed: PropertyValues): void {
    if (changed.get("asks") !== undefined || (changed.has("until") && this.#wasIn))
      void focusOn(this.renderRoot.querySelector("button, ha-button"));
  }

  get #what(): "unit" | "building" {
    return this.unit === undefined ? "building" : "unit";
  }

  /** What is paused in the reader's eyes: the only household's building is its home. */
  get #paused(): "unit" | "building" {
    return this.building.is_one_home ? "unit" : this.#what;
  }

  override render(): TemplateResult {
    const { until } = this;
    const what = this.#what;
    if (until)
      return html`
        <p class="status">${this.words.say(`page_${this.#paused}_paused`, { until: this.words.moment(until) })}</p>
        ${button(this.words.say(`page_resume_${this.#paused}`), this.#resumed(), { kind: "main" })}
      `;
    const paused = what === "building" && this.building.is_one_home ? "home" : what;
    const name = this.words.say(`page_pause_${paused}`);
    if (this.asks === "nothing")
      return button(this.flat ? this.say("pause") : name, () => (this.asks = "length"), { name });
    const asked = this.say(`pause_${paused}_asks`);
    return html`
      <div role="group" aria-label=${asked}>
        <p>${asked}</p>
        <div class="row">
          ${button(this.say("pause_hour"), () => void this.#pauseHour())}
          ${button(this.say("pause_tonight"), () => void this.#pauseUntil(addDays(this.words.today, 1)))}
          ${button(this.say("pause_day"), () => void this.#pauseDay())}
          ${this.asks === "date" ? nothing : button(this.say("pause_date"), () => (this.asks = "date"))}
          ${this.asks === "date" ? this.#dateForm() : nothing}
          ${button(this.say("cancel"), () => (this.asks = "nothing"), { kind: "text" })}
        </div>
      </div>
    `;
  }

  #dateForm(): TemplateResult {
    const first = addDays(this.words.today, 1);
    this.date ||= first;
    return html`
      ${date(this.home, this.say("pause_until"), this.date, (chosen) => (this.date = chosen), {
        min: first,
        required: true,
      })}
      ${button(this.say("pause"), () => void this.#pauseUntil(this.date), { kind: "main" })}
    `;
  }

  #pauseHour(): Promise<void> {
    const until = new Date(Date.now() + HOUR).toISOString();
    return this.#pause(until, this.words.moment(until));
  }

  /** What the house has as its own length, which a clock that is set doesn't shorten. */
  #pauseDay(): Promise<void> {
    return this.#pause(undefined, this.words.moment(new Date(Date.now() + 24 * HOUR).toISOString()));
  }

  /** Until a date begins on the building's clock. */
  #pauseUntil(date: string): Promise<void> {
    const named = this.words.dayOf(date);
    return this.#pause(`${date}T00:00:00`, `${named}, ${this.words.clock(0)}`);
  }

  async #pause(until: string | undefined, time: string): Promise<void> {
    this.asks = "nothing";
    this.date = "";
    const resume = this.#resumed();
    const { building } = this.building;
    if (await this.act(() => this.access.pause(building, this.unit, until)))
      this.tell({ text: this.say("paused_until", { time }), undo: resume });
  }

  /** The way back for what is shown now, whatever is shown once it is taken. */
  #resumed(): () => void {
    const { unit } = this;
    const paused = this.#paused;
    const { building } = this.building;
    return () => void this.act(() => this.access.resume(building, unit), this.words.say(`page_said_resume_${paused}`));
  }
}
