/** Home and the card: what the reader must decide, what comes next, the doors, and the pause, in this order. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import "./consent";
import "./driver-note";
import "./next";
import "./pause";
import { viewOf } from "./addresses";
import { button, focusOn } from "./controls";
import { Draft } from "./draft";
import { icon, type Icon } from "./icon";
import type { Door, Entry, PendingResident, Question, Resident, RulesChange } from "./model";
import type { Next } from "./next";
import { lastVisits } from "./pages";
import { saidKept, saidShut } from "./said-rules";
import { saidOutside } from "./said-week";
import { shortly } from "./soon";
import { mine, seenBy, View } from "./view";
import { PRESETS, WEEK_PRESETS, write, type WeekPreset } from "./week";
import { weekPresets } from "./week-presets";

/** Somebody without hours isn't asked to set none. */
const OFFERED = WEEK_PRESETS.filter((preset) => preset !== "none");
/** How many entries are looked through for the last visit to each door. */
const LOOKS_BACK = 50;
/** How long an unasked ring is shown if its doorbell won't ask again about the delivery. */
const SHOWN_MS = 3_600_000;
const ICONS: Readonly<Record<string, Icon>> = {
  locked: "locked",
  locking: "locked",
  unlocked: "unlocked",
  unlocking: "unlocked",
  open: "unlocked",
  opening: "unlocked",
  jammed: "alert",
};

@customElement("courier-access-now")
export class Now extends View {
  static override styles = [
    View.styles,
    css`
      /* Their question stays beneath the header and the tabs. */
      .chips button {
        scroll-margin-block-start: 200px;
      }
      .door {
        display: flex;
        gap: 16px;
        align-items: center;
      }
      .door h2 {
        margin: 0;
      }
      .door svg {
        width: 32px;
        height: 32px;
        color: var(--secondary-text-color);
      }
      .door.locked svg {
        color: var(--success-color);
      }
      .door.alert svg {
        color: var(--warning-color);
      }
      :host([flat]) section {
        padding: 8px 16px;
        line-height: 1.3;
      }
      :host([flat]) :is(h2, p) {
        font-size: 1rem;
        margin: 0;
      }
      :host([flat]) .door {
        gap: 12px;
      }
      :host([flat]) .door svg {
        width: 24px;
        height: 24px;
      }
      :host([flat]) .door .grow {
        display: flex;
        flex-wrap: wrap;
        gap: 0 8px;
      }
      :host([flat]) .door .visit {
        flex-basis: 100%;
      }
      :host([flat]) .status {
        padding: 4px 8px;
      }
      :host([flat]) .status strong {
        font-size: 1rem;
      }
      :host([flat]) .pausable {
        display: flex;
        flex-wrap: wrap;
        gap: 0 12px;
        align-items: center;
        justify-content: space-between;
      }
      :host([flat]) .pausable > :is(h2, .status) {
        flex: 1;
      }
    `,
  ];

  /** On a card: each part in one row. */
  @property({ type: Boolean, reflect: true }) flat = false;
  /** Only what must be decided, the next delivery, and the doors. */
  @property({ type: Boolean }) compact = false;
  /** Whether pauses can be made here; one that is on is always shown. */
  @property({ type: Boolean }) pauses = true;
  /** Grows whenever couriers came or went. */
  @property({ type: Number }) news = 0;

  /** The last visit to each door, by its name. */
  @state() private visits: ReadonlyMap<string, Entry> = new Map();
  /** The questions whose answers are on their way. */
  @state() private answering: readonly string[] = [];
  /** The week that was chosen for a resident, until the building says that they have hours. */
  @state() private chosen: { resident: string; preset: WeekPreset } | undefined;
  /** Who has just decided for the first time, until the building says so. */
  #leading = "";
  /** Moves the keyboard once this update is drawn. */
  #onward: (() => void) | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#leadOn();
    if (this.isOther(changed)) this.visits = new Map();
    else if (!changed.has("news") && this.hasUpdated) return;
    void this.#look();
  }

  protected override updated(): void {
    this.#onward?.();
    this.#onward = undefined;
  }

  /** Once what was decided holds, what was under the finger or the keyboard is gone: go on with what comes next. */
  #leadOn(): void {
    const { chosen } = this;
    const leading = this.#leading;
    const own = (id: string) => mine(this.building).find(({ resident }) => resident === id);
    if (leading && own(leading)?.consent !== "not_given") {
      this.#leading = "";
      this.#onward = () => void focusOn(this.renderRoot.querySelector(`[data-resident="${leading}"] .chips button`));
    }
    const decided = chosen && own(chosen.resident);
    if (chosen && !asksHours(decided)) {
      this.chosen = undefined;
      if (decided) this.#onward = () => void this.renderRoot.querySelector<Next>("courier-access-next")?.takeFocus();
    }
  }

  async #look(): Promise<void> {
    const { building } = this.building;
    try {
      const { entries } = await this.access.entries(building, { limit: LOOKS_BACK });
      if (building === this.building.building) this.visits = lastVisits(entries);
    } catch {
      // The view of the visits says why they can't be read.
    }
  }

  override render(): TemplateResult {
    const own = mine(this.building);
    return html`
      ${repeat(this.building.questions, ({ question }) => question, (question) => this.#question(question))}
      ${own.map((resident) => this.#undecided(resident))}
      ${this.building.pending_residents.map((newcomer) => this.#newcomer(newcomer))}
      ${own.length === 0
        ? nothing
        : html`<courier-access-next
            ?flat=${this.flat} ${seenBy(this)}
          ></courier-access-next>`}
      ${this.building.doors.map((door) => this.#door(door))} ${own.map((resident) => this.#unit(resident))}
      ${!this.#isPausedAsOne && (this.pauses || this.building.paused_until) ? this.#whole() : nothing}
    `;
  }

  /** Whether the only household's pause is the building's, shown once. */
  get #isPausedAsOne(): boolean {
    const own = mine(this.building);
    const isOneHome = this.building.is_one_home && own.length > 0;
    return isOneHome && !this.compact && own.every((resident) => resident.unit_paused_until === null);
  }

  #whole(): TemplateResult {
    return html`
      <section>
        <div class="pausable">
          <h2>${this.say("whole")}</h2>
          ${this.#pause(undefined, this.building.paused_until)}
        </div>
      </section>
    `;
  }

  /** A courier waits for seconds only, so this stands before all else. */
  #question(asked: Question): TemplateResult {
    const { question, couriers, door, proof, waits, may_admit: mayAdmit } = asked;
    const disabled = this.answering.includes(question);
    const rings = waits !== "now" ? "_rang" : couriers.length > 1 ? "_ring_several" : "_ring";
    const courier = couriers.map(({ name }) => name).join(", ");
    const asks = this.words.say(`notification_ask${proof === "ring" ? rings : ""}`, { courier, door });
    return html`
      <section data-decide="question" role="alert">
        <h2>${asks}</h2>
        ${waits === "now" ? nothing : html`<p>${this.words.say(`notification_ask_${waits}`)}</p>`}
        ${waits === "nobody"
          ? nothing
          : html`
              <div class="row">
                ${mayAdmit ? this.#yeses(asked, disabled) : nothing}
                ${button(this.words.say("notification_action_decline"), () => void this.#answer(asked, false), { disabled })}
              </div>
            `}
      </section>
    `;
  }

  /** One yes, or one for each courier that it may be. */
  #yeses(asked: Question, disabled: boolean): TemplateResult[] {
    const yes = (says: string, courier?: string) =>
      button(says, () => void this.#answer(asked, true, courier), { kind: "main", disabled });
    if (asked.couriers.length === 1) return [yes(this.words.say("notification_action_approve"))];
    return asked.couriers.map(({ courier, name }) =>
      yes(this.words.say("notification_action_approve_courier", { courier: name }), courier),
    );
  }

  async #answer({ question, waits }: Question, admit: boolean, courier?: string): Promise<void> {
    const yes = waits === "now" ? this.say("question_yes") : this.words.say("notification_ask_may_return");
    if (this.answering.includes(question)) return;
    const { building } = this.building;
    this.answering = [...this.answering, question];
    await this.act(
      () => this.access.answer(building, question, admit, courier),
      admit ? yes : this.say("question_no"),
    );
    this.answering = this.answering.filter((each) => each !== question);
  }

  /** First the consent, and in its place the hours. */
  #undecided(resident: Resident): TemplateResult | typeof nothing {
    if (resident.consent === "not_given") return this.#consent(resident);
    if (resident.has_new_text && !this.flat) return this.#newText(resident);
    // On a card, it would come back each time to somebody who wants no hours.
    return asksHours(resident) && !this.flat ? this.#hours(resident) : nothing;
  }

  #consent(resident: Resident): TemplateResult {
    return html`
      <section data-decide="consent">
        <h2>${this.#isOneOfSeveral ? this.say("unit", { unit: resident.unit }) : this.words.say("page_consent")}</h2>
        <courier-access-consent
          ${seenBy(this)}
          .resident=${resident}
          @ca-consent=${(event: CustomEvent<RulesChange>) => this.#decideFirst(resident, event.detail)}
        ></courier-access-consent>
      </section>
    `;
  }

  async #decideFirst(resident: Resident, change: RulesChange): Promise<void> {
    this.#leading = resident.resident;
    if (!(await this.#decide(resident, change))) this.#leading = "";
  }

  /** Shown once to those who consented before the texts were kept. */
  #newText(resident: Resident): TemplateResult {
    const { building } = this.building;
    const read = () => void this.act(() => this.access.readText(building, resident.resident), this.words.say("page_said_read_text"));
    return html`
      <section data-decide="text">
        <h2>${this.words.say("page_consent_new")}</h2>
        <p>${this.words.say("page_consent_new_says")}</p>
        <courier-access-consent
          bare
          ${seenBy(this)}
          .resident=${resident}
        ></courier-access-consent>
        ${button(this.words.say("page_read_text"), read, { kind: "main" })}
      </section>
    `;
  }

  #hours(deciding: Resident): TemplateResult {
    const { chosen } = this;
    const { resident, unit } = deciding;
    const set = (preset: WeekPreset) => void this.#setHours(deciding, preset);
    return html`
      <section data-decide="hours" data-resident=${resident}>
        <h2>${this.say("set_hours")}</h2>
        <p>${this.say("set_hours_says")}</p>
        ${this.#isOneOfSeveral ? html`<p>${this.say("unit", { unit })}</p>` : nothing}
        ${weekPresets(this.words, OFFERED, chosen?.resident === resident ? chosen.preset : undefined, set)}
        <p>
          <a class="to" href=${viewOf(this.building, "hours")}>${this.words.say("page_other_times")}</a>
        </p>
      </section>
    `;
  }

  async #setHours(resident: Resident, preset: WeekPreset): Promise<void> {
    if (this.chosen) return;
    this.chosen = { resident: resident.resident, preset };
    if (!(await this.#decide(resident, { windows: write(PRESETS[preset]) }))) this.chosen = undefined;
  }

  /** Change a resident's rules as they are now; whether it was kept. */
  async #decide(resident: Resident, change: RulesChange): Promise<boolean> {
    const draft = new Draft(
      this.access,
      this.building.building,
      resident.resident,
      () => undefined,
      (error) => this.tell({ text: this.words.refusal(error) }),
    );
    await draft.load();
    const isKept = await draft.change(change);
    const undo = () => {
      this.chosen = undefined;
      void draft.undo();
    };
    if (isKept) this.tell(saidKept(this.words, change, undo, resident));
    return isKept;
  }

  /** With units beside it, each is named. */
  get #isOneOfSeveral(): boolean {
    return mine(this.building).length > 1;
  }

  #newcomer({ name, unit, resident }: PendingResident): TemplateResult {
    const { building } = this.building;
    const confirm = () =>
      void this.act(() => this.access.confirm(building, resident), this.say("newcomer_done", { name }));
    return html`
      <section data-decide="newcomer">
        <h2>${this.say("newcomer", { name, unit })}</h2>
        <p>${this.say("newcomer_says")}</p>
        ${button(this.say("newcomer_confirm"), confirm, { kind: "main" })}
      </section>
    `;
  }

  #door(door: Door): TemplateResult {
    const state = door.lock === null ? undefined : this.home.states[door.lock]?.state;
    const shown = ICONS[state ?? ""] ?? "alert";
    const visit = this.visits.get(door.name);
    return html`
      <section>
        <div class="door ${shown}" data-door=${door.door} data-state=${state ?? "unavailable"}>
          ${icon(shown)}
          <div class="grow">
            <h2>${door.name}</h2>
            <p><strong>${this.say(`door_${state !== undefined && state in ICONS ? state : "unavailable"}`)}</strong></p>
            ${visit
              ? html`<p class="soft visit">
                  ${this.say("last_visit", {
                    courier: visit.courier,
                    time: this.flat ? shortly(this.words, visit.at, Date.now()) : this.words.moment(visit.at),
                  })}
                </p>`
              : nothing}
          </div>
        </div>
        ${door.unasked_rings.map((ring) => this.#unasked(ring))} ${door.codes_off ? this.#codes(door) : nothing}
      </section>
    `;
  }

  #unasked({ rang_at: rang, asks_again_at: until }: Door["unasked_rings"][number]): TemplateResult | typeof nothing {
    const time = this.words.moment(rang);
    if (until === null)
      return Date.parse(rang) <= Date.now() - SHOWN_MS ? nothing : html`<p>${this.say("asked_enough", { time })}</p>`;
    if (Date.parse(until) <= Date.now()) return nothing;
    const again = this.words.moment(until);
    return html`<p>${this.say("unasked_ring", { time, until: again })}</p>`;
  }

  #codes({ door }: Door): TemplateResult {
    const deed = () => this.access.turnCodesOn(this.building.building, door);
    return html`
      <p>${this.say("codes_off")}</p>
      ${button(this.say("turn_codes_on"), () => void this.act(deed, this.say("codes_on")))}
    `;
  }

  #saidShut(resident: Resident): string {
    if (resident.shut === "outside_building_hours") return saidOutside(this.words, this.building.hours);
    return saidShut(this.words, resident);
  }

  #unit(resident: Resident): TemplateResult | typeof nothing {
    const { shut, asks, next_change: change } = resident;
    if (this.compact && resident.unit_paused_until === null) return nothing;
    const status = html`
      <div class="status ${shut === null && !asks ? "good" : ""}" data-shut=${shut ?? ""}>
        <strong>${this.words.say(shut === null ? "page_open" : "page_shut")}</strong>
        ${shut === null ? nothing : html`<p>${this.#saidShut(resident)}</p>`}
        ${asks ? html`<p>${this.words.say("panel_pass_asks")}</p>` : nothing}
        ${change && !this.flat
          ? html`<p class="soft">${this.say("next_change", { time: this.words.moment(change) })}</p>`
          : nothing}
        ${this.flat ? nothing : this.#decision(resident)}
      </div>
    `;
    return html`
      <section>
        ${this.flat || this.#isPausedAsOne ? nothing : html`<h2>${this.say("unit", { unit: resident.unit })}</h2>`}
        <div class="pausable">${status} ${this.#pauseOf(resident)}</div>
        ${resident.note === null || this.flat
          ? nothing
          : html`<courier-access-driver-note
              ${seenBy(this)}
              .unit=${resident.unit} .note=${resident.note}
            ></courier-access-driver-note>`}
      </section>
    `;
  }

  /** The resident's own no, with the way to say yes: it is the reason why nothing else is offered here. */
  #decision({ consent }: Resident): TemplateResult | typeof nothing {
    if (consent === "given" || consent === "not_given") return nothing;
    return html`
      <p>${this.words.say(`page_consent_${consent}`)}</p>
      ${this.toDecision}
    `;
  }

  #pauseOf(resident: Resident): TemplateResult | typeof nothing {
    if (this.#isPausedAsOne) return this.#pause(undefined, this.building.paused_until);
    return resident.waits_for_confirmation ? nothing : this.#pause(resident.unit, resident.unit_paused_until);
  }

  #pause(unit: string | undefined, until: string | null): TemplateResult | typeof nothing {
    if (!this.pauses && until === null) return nothing;
    return html`
      <courier-access-pause ?flat=${this.flat} ${seenBy(this)} .unit=${unit} .until=${until}
      ></courier-access-pause>
    `;
  }
}

function asksHours(resident: Resident | undefined): boolean {
  return resident?.consent === "given" && !resident.has_hours;
}
