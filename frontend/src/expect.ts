/** The form to expect a parcel, or to change one that is expected. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { addDays } from "./days";
import type { Courier, Delivery, Door, Resident, Rules } from "./model";
import { couriersOf, presetsOf, windowOf, type Preset, type Times } from "./parcel";
import { mine, View } from "./view";

/** How far ahead a delivery may end. */
const DAYS_AHEAD = 29;
const OTHER_DAY = "other";
const MOST_NOTE = 64;

@customElement("courier-access-expect")
export class Expect extends View {
  static override styles = [
    View.styles,
    css`
      form > label,
      form > .row > label {
        display: block;
        margin-block-end: 6px;
      }
      form > label > :is(select, input) {
        display: block;
        width: 100%;
        margin-block-start: 4px; /* Room for the focus ring below the label. */
      }
    `,
  ];

  /** The delivery to change; a new one without it. */
  @property({ attribute: false }) delivery: Delivery | undefined;

  @state() private unit = "";
  @state() private courier = "";
  @state() private choice = "";
  @state() private day = "";
  @state() private preset: Preset | undefined;
  @state() private rules: Rules | undefined;
  @state() private refusal = "";
  @state() private sending = false;
  private times: Times = { from: "", to: "" };
  private read = "";

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.day) this.begin();
    const resident = this.resident;
    const read = `${this.building.building} ${resident?.resident}`;
    if (resident && (read !== this.read || changed.get("building"))) {
      this.read = read;
      this.access.rules(this.building.building, resident.resident).then(
        (rules) => (this.rules = rules),
        () => (this.rules = undefined), // without them, one's own hours are not offered
      );
    }
  }

  /** The form opens below what is expected: go there. */
  protected override firstUpdated(): void {
    this.renderRoot.querySelector("select")?.focus();
  }

  private begin(): void {
    const { delivery } = this;
    if (!delivery) {
      this.choice = this.day = this.today;
      return;
    }
    const [start, end] = [this.words.wall(delivery.starts_at), this.words.wall(delivery.ends_at)];
    this.unit = delivery.units?.[0] ?? "";
    this.courier = delivery.courier_id ?? "";
    this.day = start.day;
    this.choice = this.days.includes(start.day) ? start.day : OTHER_DAY;
    this.preset = "other";
    this.times = { from: start.time, to: end.time };
  }

  override render(): TemplateResult | typeof nothing {
    const courier = this.chosen;
    if (!courier) return nothing;
    const presets = presetsOf(this.day, this.rules, courier, this.now);
    const [preset] = presets.find(([name]) => name === this.preset) ?? presets[0] ?? ["other"];
    const doors = this.doorsOf(courier);
    return html`
      <form aria-busy=${this.sending} @submit=${(event: SubmitEvent) => this.send(event, presets, preset)}>
        ${this.delivery ? nothing : this.who(courier)}
        ${doors.length > 1
          ? this.select(
              this.words.say("csv_door"),
              "door",
              doors.map(({ door, name }) => [door, name]),
              this.delivery?.door_id ?? "",
            )
          : nothing}
        ${this.when()}
        ${this.select(
          this.words.say("page_time"),
          "hours",
          presets.map(([name, times]) => [name, this.preset_name(name, times)]),
          preset,
          (value) => (this.preset = value as Preset),
        )}
        ${preset === "other"
          ? html`<div class="row">
              <label>${this.say("from")} <input type="time" name="from" .value=${this.times.from} required /></label>
              <label>${this.say("to")} <input type="time" name="to" .value=${this.times.to} required /></label>
            </div>`
          : nothing}
        <label
          >${this.words.say("page_note")}
          <input
            name="parcel"
            maxlength=${MOST_NOTE}
            autocomplete="off"
            aria-describedby="note"
            value=${this.delivery?.parcel_ref ?? ""}
        /></label>
        <p class="soft" id="note">${this.words.say("page_note_says")}</p>
        ${this.refusal ? html`<p class="status bad" role="alert">${this.refusal}</p>` : nothing}
        <div class="row">
          <button class="main" ?disabled=${this.sending}>${this.say("save")}</button>
          <button type="button" @click=${() => this.close()}>${this.say("cancel")}</button>
        </div>
      </form>
    `;
  }

  private who(courier: Courier): TemplateResult {
    const units = mine(this.building).map(({ unit }) => unit);
    return html`
      ${units.length > 1
        ? this.select(
            this.say("which_unit"),
            "unit",
            units.map((unit) => [unit, unit]),
            this.resident?.unit ?? "",
            (value) => (this.unit = value),
          )
        : nothing}
      ${this.select(
        this.words.say("csv_courier"),
        "courier",
        couriersOf(this.building).map(({ courier: id, name }) => [id, name]),
        courier.courier,
        (value) => (this.courier = value),
      )}
    `;
  }

  private when(): TemplateResult {
    const relative = new Intl.RelativeTimeFormat(this.words.language, { numeric: "auto" });
    const named = (day: string) => this.words.date(day, { weekday: "short", day: "numeric", month: "short" });
    return html`
      ${this.select(
        this.words.say("page_day"),
        "day",
        [
          ...this.days.map((day, ahead): [string, string] => [day, `${relative.format(ahead, "day")} (${named(day)})`]),
          [OTHER_DAY, this.say("other_day")],
        ],
        this.choice,
        (value) => {
          this.choice = value;
          if (value !== OTHER_DAY) this.day = value;
        },
      )}
      ${this.choice === OTHER_DAY
        ? html`<label
            ><span class="quiet">${this.say("other_day")}</span>
            <input
              type="date"
              name="date"
              min=${this.today}
              max=${addDays(this.today, DAYS_AHEAD)}
              .value=${this.day}
              required
              @change=${(event: Event) => (this.day = (event.target as HTMLInputElement).value || this.day)}
          /></label>`
        : nothing}
    `;
  }

  private select(
    label: string,
    name: string,
    options: [string, string][],
    chosen: string,
    change?: (value: string) => void,
  ): TemplateResult {
    return html`<label
      >${label}
      <select name=${name} @change=${(event: Event) => change?.((event.target as HTMLSelectElement).value)}>
        ${options.map(
          ([value, said]) => html`<option value=${value} .selected=${value === chosen}>${said}</option>`,
        )}
      </select></label
    >`;
  }

  private preset_name(preset: Preset, times: Times | undefined): string {
    if (preset === "other" || !times) return this.words.say("page_other_times");
    if (preset === "all_day") return this.words.say("page_all_day");
    const span = this.words.say("page_hours", { start: times.from, end: times.to === "00:00" ? "24:00" : times.to });
    return preset === "mine" ? `${this.words.say("page_my_hours")} (${span})` : span;
  }

  private get resident(): Resident | undefined {
    const own = mine(this.building).filter((each) => !each.waits_for_confirmation);
    return own.find(({ unit }) => unit === this.unit) ?? own[0];
  }

  private get chosen(): Courier | undefined {
    const couriers = couriersOf(this.building);
    return couriers.find(({ courier }) => courier === this.courier) ?? couriers[0];
  }

  private doorsOf(courier: Courier): Door[] {
    return this.building.doors.filter(({ door }) => courier.doors.includes(door));
  }

  private get now(): string {
    const { day, time } = this.words.wall(new Date().toISOString());
    return `${day}T${time}:00`;
  }

  private get today(): string {
    return this.now.slice(0, 10);
  }

  private get days(): string[] {
    return [this.today, addDays(this.today, 1)];
  }

  private async send(event: SubmitEvent, presets: [Preset, Times | undefined][], preset: Preset): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.target as HTMLFormElement);
    const field = (name: string) => String(given.get(name) ?? "");
    const courier = this.chosen;
    if (!courier || this.sending) return;
    this.times = preset === "other" ? { from: field("from"), to: field("to") } : this.times;
    const times = presets.find(([name]) => name === preset)?.[1] ?? this.times;
    const door = field("door") || this.doorsOf(courier)[0]?.door || "";
    const parcel = { ...windowOf(this.day, times), door, parcel_ref: field("parcel") };
    const { building } = this.building;
    const { delivery } = this;
    this.sending = true;
    this.refusal = "";
    try {
      const { decision, reason } = delivery?.grant_id
        ? await this.access.revise(building, courier.courier, delivery.grant_id, parcel)
        : await this.access.issue(building, courier.courier, this.resident?.unit ?? "", parcel);
      if (decision === "accepted") {
        this.tell({ text: this.words.say(delivery ? "page_said_revise" : "page_said_expect") });
        this.close();
      } else {
        const why = this.words.say(`notification_reason_${reason}`);
        this.refusal = `${this.words.say("page_expect_refused")} ${why}`;
      }
    } catch (error) {
      this.refusal = this.words.refusal(error);
    }
    this.sending = false;
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent("ca-close"));
  }
}
