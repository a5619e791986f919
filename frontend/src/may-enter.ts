/** A question to the rules: would this courier get in, and why. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { button, date, select, time } from "./controls";
import { answerOf, saidRule } from "./deciding";
import { group } from "./group";
import type { Checked, Checks, Named, Windows } from "./model";
import { parcelsNow } from "./parcels-now";
import { View } from "./view";

/** What can be chosen: an id or a unit, with its name. */
export type Choice = readonly [string, string];
type Field = "courier" | "unit" | "door";
type Chosen = Partial<Record<Field, string>>;
interface Moment {
  day: string;
  time: string;
}

@customElement("courier-access-may-enter")
export class MayEnter extends View<Named> {
  static override styles = [
    View.styles,
    css`
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr));
        gap: 8px 16px;
        align-items: end;
        margin-block: 8px 16px;
      }
      .fields label.field {
        display: flex;
        align-items: stretch;
      }
    `,
  ];

  @property({ attribute: false }) couriers: readonly Choice[] = [];
  @property({ attribute: false }) doors: readonly Choice[] = [];
  /** The building's own. */
  @property({ attribute: false }) hours: Windows = {};
  @property({ attribute: false }) units: readonly string[] = [];
  /** Those of the units whose parcels the reader may know. */
  @property({ attribute: false }) own: readonly string[] = [];

  @state() private chosen: Chosen = {};
  /** On the building's clock; undefined is now. */
  @state() private at: Moment | undefined;
  @state() private found: { check: Checked; all: Checks } | undefined;
  @state() private busy = false;
  /** How often it was asked: only the last answer counts. */
  #asked = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.isOther(changed)) this.#forget();
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.couriers.length || !this.doors.length || !this.units.length) return nothing;
    return group(
      this.say("check_access"),
      "",
      html`
        <p class="soft">${this.say("check_says")}</p>
        <div class="fields">
          ${this.#select("courier", this.say("orders_courier"))} ${this.#select("unit", this.say("which_unit"))}
          ${this.#select("door", this.say("orders_door"))}
          ${this.#isOwn ? this.#moment(this.at ?? this.words.wall()) : nothing}
        </div>
        ${button(this.say("check"), () => this.#check(), { kind: "main", disabled: this.busy })}
        <div role="status">${this.found ? this.#answer(this.found) : ""}</div>
      `,
    );
  }

  /** Of other homes, only the answer of now is shown: other times would show their hours and days off. */
  get #isOwn(): boolean {
    return this.own.includes(this.#selected("unit")?.[0] ?? "");
  }

  #moment(at: Moment): TemplateResult {
    return html`
      ${date(this.home, this.words.say("page_day"), at.day, (day) => this.#ask({ at: { ...at, day } }), { required: true })}
      ${time(this.home, this.say("check_at"), at.time, (hour) => this.#ask({ at: { ...at, time: hour } }), { required: true })}
    `;
  }

  /** With one choice there is none. */
  #select(field: Field, label: string): TemplateResult | typeof nothing {
    const choices = this.#choices(field);
    if (choices.length < 2) return nothing;
    return select(
      label,
      this.#selected(field)?.[0],
      choices.map(([value, text]) => ({ value, label: text })),
      (value) => this.#ask({ chosen: { ...this.chosen, [field]: value } }),
    );
  }

  #choices(field: Field): readonly Choice[] {
    if (field === "unit") return this.units.map((unit) => [unit, unit]);
    return field === "courier" ? this.couriers : this.doors;
  }

  #selected(field: Field): Choice | undefined {
    const choices = this.#choices(field);
    return choices.find(([id]) => id === this.chosen[field]) ?? choices[0];
  }

  /** Another question: what was answered is of the one before. */
  #ask(change: { at?: Moment; chosen?: Chosen }): void {
    if (change.at?.day && change.at.time) this.at = change.at;
    if (change.chosen) this.chosen = change.chosen;
    this.#forget();
  }

  #forget(): void {
    this.#asked++;
    this.found = undefined;
    this.busy = false;
  }

  #answer({ check, all }: { check: Checked; all: Checks }): TemplateResult {
    const answer = answerOf(check);
    return html`
      <p class="status ${answer === "yes" ? "good" : ""}" data-answer=${answer}>
        <strong>${this.say(`check_${answer}`, { courier: check.courier })}</strong><br />
        ${saidRule(this.words, this.home.states, check, this.hours)}
      </p>
      ${all.parcels !== undefined && this.own.includes(check.unit) ? parcelsNow(this.words, all) : nothing}
    `;
  }

  async #check(): Promise<void> {
    const [courier, unit, door] = (["courier", "unit", "door"] as const).map((field) => this.#selected(field));
    if (!courier || !unit || !door) return;
    const [, name] = courier;
    this.#forget();
    const asked = this.#asked;
    this.busy = true;
    await this.act(async () => {
      const at = this.#isOwn && this.at && `${this.at.day}T${this.at.time}`;
      const all = await this.access.check(this.building.building, door[0], unit[0], at || undefined);
      if (asked !== this.#asked) return;
      // A door answers for its own couriers only.
      const check = all.checks.find((each) => each.courier === name) ?? {
        courier: name,
        unit: unit[0],
        admitted: false,
        reason: "door_not_allowed",
        because: [],
      };
      this.found = { check, all };
    });
    if (asked === this.#asked) this.busy = false;
  }
}
