/** The form to expect a parcel, or to change one that is expected. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { alert, button, chips, date, focusOn, select, time } from "./controls";
import { addDays, exceptionOn } from "./days";
import { answerOf, decisive, saidRule } from "./deciding";
import type { Checked, Courier, Decided, Delivery, Door, Finding, Resident, Rules } from "./model";
import { capital } from "./pages";
import { openOnce } from "./once";
import { accepts, areCut, couriersOf, presetsOf, windowOf, type Preset, type Times } from "./parcel";
import { saidDates, saidException } from "./said-rules";
import { saidOutside, saidWeek } from "./said-week";
import { mine, View } from "./view";
import { DAY, joined, minutes, read } from "./week";

const OTHER_DAY = "other";
const MOST_NOTE = 64;
const CHOSEN = ["unit", "courier", "door", "day", "preset", "times"];

@customElement("courier-access-expect")
export class Expect extends View {
  static override styles = [
    View.styles,
    css`
      form {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 8px;
      }
      .chips {
        margin: 0;
      }
      input {
        width: 100%;
      }
    `,
  ];

  /** The delivery to change; a new one without it. */
  @property({ attribute: false }) delivery: Delivery | undefined;

  @state() private unit = "";
  @state() private courier = "";
  @state() private door = "";
  @state() private choice = "";
  @state() private day = "";
  @state() private preset: Preset | undefined;
  @state() private rules: Rules | undefined;
  @state() private refusal = "";
  /** What was refused by the reader's own hours, which can open for it. */
  @state() private outside: [day: string, Times] | undefined;
  @state() private sending = false;
  /** Whether a day was chosen by hand. */
  #isChosen = false;
  @state() private times: Times = { from: "", to: "" };
  #read = "";

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.day) this.#begin();
    // What was refused isn't what is chosen now.
    if (CHOSEN.some((name) => (changed as ReadonlyMap<string, unknown>).has(name)))
      this.#forget();
    const resident = this.#resident;
    const read = `${this.building.building} ${resident?.resident}`;
    if (resident && (read !== this.#read || changed.get("building"))) {
      this.#read = read;
      this.access.rules(this.building.building, resident.resident).then(
        (rules) => this.#begins(rules),
        () => this.#begins(undefined), // without them, one's own hours are not offered
      );
    }
  }

  /** The form opens elsewhere than the button was: go there. */
  protected override firstUpdated(): void {
    void focusOn(this.renderRoot.querySelector("ha-select, select, .chips button"));
  }

  /**
   * By default, a new parcel is expected on the first day of the coming week on which one's hours are open.
   *
   * Without such a day, it is the first one on which any hours to choose are left.
   */
  #begins(rules: Rules | undefined): void {
    this.rules = rules;
    const courier = this.#chosen;
    if (this.delivery || this.#isChosen || !courier) return;
    const week = Array.from({ length: 8 }, (_, ahead) => addDays(this.words.today, ahead));
    const first = (day: string) => presetsOf(day, rules, courier, this.#now, this.building.hours)[0]?.[0];
    this.day = week.find((day) => first(day) === "mine") ?? week.find((day) => first(day) !== "other") ?? this.words.today;
    this.choice = this.#days.includes(this.day) ? this.day : OTHER_DAY;
  }

  #begin(): void {
    const { delivery } = this;
    if (!delivery) {
      this.choice = this.day = this.words.today;
      this.#begins(undefined);
      return;
    }
    const [start, end] = [this.words.wall(delivery.starts_at), this.words.wall(delivery.ends_at)];
    this.unit = delivery.units?.[0] ?? "";
    this.courier = delivery.courier_id ?? "";
    this.door = delivery.door_id ?? "";
    this.day = start.day;
    this.choice = this.#days.includes(start.day) ? start.day : OTHER_DAY;
    this.preset = "other";
    this.times = { from: start.time, to: end.time };
  }

  override render(): TemplateResult | typeof nothing {
    const courier = this.#chosen;
    if (!courier) return nothing;
    const presets = presetsOf(this.day, this.rules, courier, this.#now, this.building.hours);
    const [preset] = presets.find(([name]) => name === this.preset) ?? presets[0] ?? ["other"];
    const doors = this.#doorsOf(courier);
    return html`
      <form aria-busy=${this.sending} @submit=${(event: SubmitEvent) => this.#send(event, presets, preset)}>
        ${this.delivery ? nothing : this.#who(courier)}
        ${doors.length > 1
          ? select(
              this.words.say("csv_door"),
              this.door || doors[0]?.door,
              doors.map(({ door: value, name: label }) => ({ value, label })),
              (door) => (this.door = door),
            )
          : nothing}
        ${this.#when()}
        ${chips(
          this.words.say("page_time"),
          preset,
          presets.map(([value, times]) => ({ value, label: this.#preset_name(value, times) })),
          (value) => (this.preset = value),
        )}
        ${preset === "mine" && this.rules && areCut(this.day, this.rules, courier, this.#now, this.building.hours)
          ? html`<span class="soft">${this.words.say("panel_longest", { courier: courier.name, hours: courier.longest_grant_hours })}</span>`
          : nothing}
        ${preset === "other"
          ? html`<div class="row">
              ${(["from", "to"] as const).map((end) =>
                time(this.home, this.say(end), this.times[end], (at) => (this.times = { ...this.times, [end]: at }), {
                  name: end,
                  required: true,
                }),
              )}
            </div>`
          : nothing}
        <label class="field"
          >${this.words.say("page_note")}
          <input
            name="parcel"
            maxlength=${MOST_NOTE}
            autocomplete="off"
            aria-describedby="note"
            value=${this.delivery?.parcel_ref ?? ""}
        /></label>
        <span class="soft" id="note">${this.words.say("page_note_says")}</span>
        ${this.refusal ? alert("error", this.refusal) : nothing}
        ${this.outside ? this.#once(this.outside) : nothing}
        <div class="row">
          ${button(this.say("save"), undefined, { kind: "main", submits: true, disabled: this.sending })}
          ${button(this.say("cancel"), () => this.#close(), { kind: "text" })}
        </div>
      </form>
    `;
  }

  #who(courier: Courier): TemplateResult {
    const units = mine(this.building).map(({ unit }) => unit);
    return html`
      ${units.length > 1
        ? select(
            this.say("which_unit"),
            this.#resident?.unit,
            units.map((unit) => ({ value: unit, label: unit })),
            (unit) => (this.unit = unit),
          )
        : nothing}
      ${select(
        this.words.say("csv_courier"),
        courier.courier,
        couriersOf(this.building).map(({ courier: value, name: label }) => ({ value, label })),
        (value) => (this.courier = value),
      )}
    `;
  }

  #when(): TemplateResult {
    const { language } = this.words;
    const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
    const days = this.#days.map((value, ahead) => ({ value, label: capital(relative.format(ahead, "day"), language) }));
    return html`
      ${chips(
        this.words.say("page_day"),
        this.choice,
        [...days, { value: OTHER_DAY, label: this.say("other_day") }],
        (value) => {
          this.#isChosen = true;
          this.choice = value;
          if (value !== OTHER_DAY) this.day = value;
        },
      )}
      ${this.choice === OTHER_DAY
        ? date(this.home, this.words.say("page_day"), this.day, (day) => (this.day = day || this.day), {
            min: this.words.today,
            required: true,
          })
        : nothing}
    `;
  }

  #preset_name(preset: Preset, times: Times | undefined): string {
    if (preset === "other" || !times) return this.words.say("page_other_times");
    if (preset === "all_day") return capital(this.words.say("notification_all_day"), this.words.language);
    const span = this.words.hours(minutes(times.from), minutes(times.to) || DAY);
    return preset === "mine" ? `${this.words.say("page_my_hours")} (${span})` : span;
  }

  get #resident(): Resident | undefined {
    const own = mine(this.building).filter((each) => !each.waits_for_confirmation);
    return own.find(({ unit }) => unit === this.unit) ?? own.find(accepts) ?? own[0];
  }

  get #chosen(): Courier | undefined {
    const couriers = couriersOf(this.building);
    return couriers.find(({ courier }) => courier === this.courier) ?? couriers[0];
  }

  #doorsOf(courier: Courier): Door[] {
    return this.building.doors.filter(({ door }) => courier.doors.includes(door));
  }

  get #now(): string {
    const { day, time } = this.words.wall();
    return `${day}T${time}:00`;
  }

  get #days(): string[] {
    return [this.words.today, addDays(this.words.today, 1)];
  }

  async #send(event: SubmitEvent, presets: [Preset, Times | undefined][], preset: Preset): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.target as HTMLFormElement);
    const courier = this.#chosen;
    if (!courier || this.sending) return;
    const times = presets.find(([name]) => name === preset)?.[1] ?? this.times;
    if (!times.from || !times.to) {
      this.refusal = this.words.say("page_expect_unreadable");
      return;
    }
    const doors = this.#doorsOf(courier).map(({ door }) => door);
    const door = (doors.includes(this.door) ? this.door : doors[0]) ?? "";
    const parcel = { ...windowOf(this.day, times), door, parcel_ref: String(given.get("parcel") ?? "") };
    const { building } = this.building;
    const { delivery } = this;
    this.sending = true;
    this.#forget();
    try {
      const decided = delivery?.grant_id
        ? await this.access.revise(building, courier.courier, delivery.grant_id, parcel)
        : await this.access.issue(building, courier.courier, this.#resident?.unit ?? "", parcel);
      if (decided.decision === "accepted") {
        this.#close(decided);
      } else {
        const at = parcel.starts_at > this.#now ? parcel.starts_at : this.#now;
        const check = await this.#check(decided, courier.name, door, at);
        this.refusal = `${this.words.say("page_expect_refused")} ${this.#why(decided, check)}`;
        if (check && this.#isOwn(check)) this.outside = [this.day, times];
      }
    } catch (error) {
      this.refusal = this.words.refusal(error);
    }
    this.sending = false;
  }

  #forget(): void {
    this.refusal = "";
    this.outside = undefined;
  }

  /** What the home would answer; what is answered to a courier doesn't name it. */
  async #check({ reason }: Decided, courier: string, door: string, at: string): Promise<Checked | undefined> {
    if (reason === "outside_building_hours") return undefined;
    const { checks } = await this.access.check(this.building.building, door, this.#resident?.unit ?? "", at);
    const found = checks.find((each) => each.courier === courier);
    // What keeps couriers out of the building now refuses no parcel.
    return found && { ...found, because: found.because.filter(({ layer }) => layer !== "problem") };
  }

  /** Whether the reader's own hours refuse, and nothing before them. */
  #isOwn(check: Checked): boolean {
    const isOutside = ({ layer }: Finding) => layer === "outside_hours";
    const own = check.because.some((found) => isOutside(found) && found.resident === this.#resident?.name);
    const first = decisive(check);
    return own && first !== undefined && isOutside(first);
  }

  #why({ reason }: Decided, check: Checked | undefined): string {
    const { words, building, home, rules } = this;
    if (reason === "outside_building_hours") return saidOutside(words, building.hours);
    if (!check || answerOf(check) !== "no") return words.say(`notification_reason_${reason}`);
    if (!rules || !this.#isOwn(check)) return saidRule(words, home.states, check, building.hours);
    const exception = exceptionOn(rules.exceptions, this.day);
    const hours = exception
      ? `${saidDates(words, { from: this.day })}: ${saidException(words, exception)}`
      : saidWeek(words, joined(read(rules.windows)));
    return words.say("panel_rule_outside_yours", { hours });
  }

  #once([day, times]: [string, Times]): TemplateResult {
    const span = `${this.words.dayOf(day)}, ${this.words.hours(minutes(times.from), minutes(times.to) || DAY)}`;
    return html`<p>
      ${button(this.say("open_once", { span }), () => void this.#open(day, times), { disabled: this.sending })}
    </p>`;
  }

  /** Open the reader's hours for the parcel, and expect it then. */
  async #open(day: string, times: Times): Promise<void> {
    const resident = this.#resident;
    if (!resident || this.sending) return;
    this.sending = true;
    const { building } = this.building;
    const refused = (error: unknown) => (this.refusal = this.words.refusal(error));
    const isOpen = await openOnce(this.access, building, resident.resident, windowOf(day, times), refused);
    this.sending = false;
    if (isOpen) this.renderRoot.querySelector("form")?.requestSubmit();
  }

  #close(decided?: Decided): void {
    this.raise("ca-close", decided);
  }
}
