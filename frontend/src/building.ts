/** The building as administrators see it: required actions, couriers, doors, residents, the access log, and the building's hours. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import "./building-hours";
import "./check";
import "./courier";
import "./may-enter";
import { expecting, settings, viewOf } from "./addresses";
import type { CourierView } from "./courier";
import { loading } from "./controls";
import type { Icon } from "./icon";
import type { Named, Owned, OwnedBell, OwnedDoor, OwnedResident, SentVisits } from "./model";
import { consentKey, isOutOfReach, keptOutBy, named, size } from "./owned";
import { mayExpect } from "./parcel";
import { doorFault, required, residentFault, type Action } from "./required";
import { row, rows, type RowLink } from "./row";
import { EXPLAINED, isDone, isInSetup, nextStep, STEPS, type Step } from "./setup";
import { isWhole, mine, seenBy, View } from "./view";

const POSITIONS = ["locked", "unlocked", "unlocking", "locking", "jammed", "open", "opening"];
const IS_SHUT = ["locked", "locking"];
const NAMES: Record<Step, string> = {
  door: "panel_orders_door",
  courier: "panel_orders_courier",
  resident: "panel_residents",
  consent: "csv_resident_consent",
  hours: "page_time",
  entry: "panel_setup_entry",
};
const PAGES: Record<NonNullable<OwnedDoor["page"]> | "none", string> = {
  on: "panel_page_on",
  unreachable: "panel_page_unreachable",
  codes_off: "panel_page_codes_off",
  none: "panel_page_none",
};
/** The links open for an hour. */
const RENEWS_LINKS_SECONDS = 1800;

type Part = TemplateResult | typeof nothing;

@customElement("courier-access-building")
export class BuildingView extends View<Named> {
  static override styles = [
    View.styles,
    rows,
    css`
      ol {
        list-style: none;
        margin: 0;
        padding: 0;
      }
      .links li {
        padding: 0;
      }
      .text {
        white-space: pre-line;
      }
      li.resident {
        content-visibility: auto;
        contain-intrinsic-size: auto 57px;
      }
    `,
  ];

  /** Grows whenever what is shown here may be another. */
  @property({ type: Number }) news = 0;
  /** Whether the record can be read, so that it can be checked. */
  @property({ type: Boolean }) whole = true;

  @state() private owned: Owned | undefined;
  #reading = 0;
  #renewing: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#renewing = setInterval(() => void this.#read(), RENEWS_LINKS_SECONDS * 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#renewing);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.isOther(changed)) this.owned = undefined;
    if (changed.has("news") || changed.has("building")) void this.#read();
  }

  async #read(): Promise<void> {
    const reading = ++this.#reading;
    try {
      const owned = await this.access.owned(this.building.building);
      if (reading === this.#reading) this.owned = owned;
    } catch (error) {
      // While the building reloads; its new state comes as news.
      if (!this.owned) this.tell({ text: this.words.refusal(error) });
    }
  }

  override render(): TemplateResult {
    const { owned } = this;
    if (!owned) return html`<section>${loading(this.say("loading"))}</section>`;
    return html`
      ${isInSetup(owned) ? this.#setup(owned) : nothing} ${this.#required(owned)}
      <courier-access-may-enter
        ${seenBy(this)}
        .couriers=${owned.couriers.map(({ courier, name }) => [courier, name])}
        .doors=${owned.doors.map(({ door, name }) => [door, name])}
        .hours=${owned.hours}
        .units=${this.whole ? unitsOf(owned) : []}
        .own=${isWhole(this.building) ? mine(this.building).map(({ unit }) => unit) : []}
      ></courier-access-may-enter>
      ${this.#list(this.say("doors"), owned.doors.map((each) => this.#door(each)))}
      ${this.#couriers(owned)} ${this.#otherAccess(owned)}
      ${this.#list(this.say("residents"), owned.residents.map((each) => this.#resident(each, named(owned, this.words, each))), nothing, this.#sources(owned))}
      ${this.#links(owned)} ${this.#record(owned)}
      <courier-access-building-hours
        ${seenBy(this)}
        .kept=${owned.hours}
      ></courier-access-building-hours>
    `;
  }

  #setup(owned: Owned): TemplateResult {
    const next = nextStep(owned);
    return html`
      <section data-setup=${next ?? ""}>
        <h2>${this.say("setup")}</h2>
        <ol class="rows">
          ${STEPS.map((step) => html`<li data-step=${step}>${this.#step(owned, step, step === next)}</li>`)}
        </ol>
      </section>
    `;
  }

  #step(owned: Owned, step: Step, isNext: boolean): TemplateResult {
    const done = isDone(owned, step);
    const name = this.words.say(NAMES[step]);
    return row({
      tone: done ? "good" : "plain",
      name,
      says: done ? this.say("setup_done") : isNext && EXPLAINED.includes(step) ? this.say(`setup_${step}_says`) : "",
      isSaidOnly: done,
      link: isNext ? { ...this.#link(this.#placeOf(step), this.say("setup_next"), name), ...this.#test(owned, step) } : undefined,
    });
  }

  /** Where a step is done: what residents decide in their own rules if the administrator is one, all else in the settings. */
  #placeOf(step: Step): string {
    const { building } = this;
    if (step === "entry") return isWhole(building) && mayExpect(building) ? expecting(building) : viewOf(building, "deliveries");
    if (step === "consent" && this.#isResident) return viewOf(building, "now");
    if (step === "hours" && this.#isResident) return viewOf(building, "hours");
    return settings(building);
  }

  /** An administrator who can't expect a parcel here can still test a courier's address. */
  #test({ couriers }: Owned, step: Step): Pick<RowLink, "go"> {
    const courier = couriers.find(({ enabled, keys }) => enabled && keys.length);
    if (step !== "entry" || this.#isResident || !courier) return {};
    const find = () => this.renderRoot.querySelector<CourierView>(`[data-courier="${courier.courier}"] > *`);
    return { go: () => find()?.show() };
  }

  get #isResident(): boolean {
    return isWhole(this.building) && mine(this.building).length > 0;
  }

  #required(owned: Owned): TemplateResult {
    const actions = required(owned, this.words, isInSetup(owned));
    const none = html`<p class="status good">${this.say("needs_nothing")}</p>`;
    return this.#list(this.say("needs_you"), actions.map((action) => this.#action(action)), none);
  }

  #action({ kind, name, says, more, href }: Action): TemplateResult {
    return html`
      <li data-issue=${kind}>
        ${row({
          tone: "bad",
          name,
          says,
          more: more ? html`<p class="text">${more}</p>` : nothing,
          link: this.#link(href, this.say("fix"), name),
        })}
      </li>
    `;
  }

  #link(href: string, text: string, name: string): RowLink {
    return { href, text, label: `${text}: ${name}` };
  }

  #edit(name: string): RowLink {
    return this.#link(settings(this.building), this.say("edit"), name);
  }

  #couriers(owned: Owned): TemplateResult {
    const rows = owned.couriers.map(
      (courier) => html`
        <li data-courier=${courier.courier}>
          <courier-access-courier
            ${seenBy(this)}
            .courier=${courier}
            .neverHeard=${owned.never_heard ?? []}
            .withoutConsent=${owned.without_consent?.[courier.courier] ?? []}
          ></courier-access-courier>
        </li>
      `,
    );
    return this.#list(this.say("couriers"), rows, html`<p>${this.words.say("page_lobby_couriers_none")}</p>`);
  }

  #list(heading: string, rows: TemplateResult[], none: Part = nothing, beneath: Part = nothing): TemplateResult {
    return html`
      <section>
        <h2>${heading}</h2>
        ${rows.length ? html`<ul class="rows">${rows}</ul>` : none} ${beneath}
      </section>
    `;
  }

  #door(door: OwnedDoor): TemplateResult {
    const position = POSITIONS.includes(door.position) ? door.position : "unavailable";
    const fault = doorFault(door);
    const shown: Icon = fault ? "alert" : IS_SHUT.includes(position) ? "locked" : "unlocked";
    return html`
      <li data-door=${door.door}>
        ${row({
          tone: fault ? "bad" : shown === "locked" ? "good" : "plain",
          icon: shown,
          name: door.name,
          says: this.say(fault ?? `door_${position}`),
          more: html`
            ${door.available ? nothing : html`<p>${this.#unavailable(door)}</p>`}
            <p class="soft">
              ${this.#opener(door)} ${this.say("unlock_seconds", { seconds: door.unlock_seconds })}
              ${this.say(door.contact ? `contact_${door.contact}` : "contact_none")}
            </p>
            <p class="soft" data-page=${door.page ?? ""}>${this.words.say(PAGES[door.page ?? "none"])}</p>
            ${door.doorbells.map((bell) => html`<p class="soft">${this.#bell(bell)}</p>`)}
          `,
          link: this.#edit(door.name),
        })}
      </li>
    `;
  }

  #otherAccess({ other_access: others, issues }: Owned): TemplateResult | typeof nothing {
    if (!others.length) return nothing;
    const isLost = (source: string) => issues.some(({ kind, subject }) => kind === "observed_lost" && subject === source);
    const rows = others.map(
      ({ source, name, door }) =>
        html`<li data-access=${source}>
          ${row({ tone: isLost(source) ? "bad" : "plain", name, says: door ?? "", link: this.#edit(name) })}
        </li>`,
    );
    return this.#list(this.say("other_access"), rows);
  }

  #opener({ opener }: OwnedDoor): string {
    if (opener === null) return "";
    const name = this.home.states[opener]?.attributes.friendly_name ?? opener;
    return this.say("opener", { name });
  }

  #bell(bell: OwnedBell): string {
    const { name, rang_at: rang, unavailable_since: since } = bell;
    if (name === null) return this.say("bell_missing");
    if (since !== null) return this.say("bell_away_since", { name, time: this.words.moment(since) });
    if (rang === null) return this.say("bell_quiet", { name });
    return [this.say("bell_rang", { name, time: this.words.moment(rang) }), ...this.#became(bell)].join(" ");
  }

  #became({ became, asks_again_at: until }: OwnedBell): string[] {
    if (became === "asked") return [this.say("bell_asked")];
    if (became === "not_expected") return [this.say("bell_not_expected")];
    if (became === "asked_enough") return [this.say("bell_asked_enough")];
    return until === null ? [] : [this.say("bell_too_many", { until: this.words.moment(until) })];
  }

  #unavailable(door: OwnedDoor): string {
    if (door.opener_removed) return this.say("opener_removed");
    return door.unavailable_since ? this.say("opener_away_since", { time: this.words.moment(door.unavailable_since) }) : "";
  }

  #resident(resident: OwnedResident, name: string): TemplateResult {
    const consent = consentKey(resident);
    const fault = residentFault(resident);
    const waits = resident.waits_for_confirmation;
    const outOfReach = isOutOfReach(resident);
    const says = [
      ...(outOfReach ? [this.say("unreachable")] : []),
      ...(waits ? [this.say("pending")] : []),
      ...(consent ? [this.say(`consent_${consent}`)] : []),
    ];
    return html`
      <li class="resident" data-resident=${resident.resident}>
        ${row({
          tone: fault ? "bad" : resident.consent === "given" && !waits ? "good" : "plain",
          name,
          says: says.join(" · "),
          more:
            outOfReach || waits
              ? html`
                  ${outOfReach ? html`<p>${this.#outOfReach(resident)}</p>` : nothing}
                  ${waits ? html`<p>${this.say("waits")}</p>` : nothing}
                `
              : nothing,
          link: this.#edit(name),
        })}
      </li>
    `;
  }

  #sources({ parcel_sources: { count, silent } }: Owned): TemplateResult | typeof nothing {
    if (count === 0) return nothing;
    return html`<p class="soft" data-sources>
      ${this.say("sources", { count })} ${silent ? this.say("sources_silent", { count: silent }) : nothing}
    </p>`;
  }

  #fleet({ fleet }: Owned): TemplateResult | typeof nothing {
    if (!fleet) return nothing;
    const { reported_at: at, problem } = fleet;
    return html`<p class="soft" data-fleet>
      ${at ? this.say("fleet", { time: this.words.moment(at) }) : this.say("fleet_waits")}
      ${problem ? this.say("fleet_fails", { problem }) : nothing}
      ${fleet.visits ? this.#visits(fleet.visits) : nothing}
    </p>`;
  }

  #visits({ days, kept_days: kept, begins_at: at, waits_for, not_notified }: SentVisits): string {
    const sent = kept === null ? this.say("fleet_visits_not_yet") : this.say("fleet_visits", { days: kept });
    if (!waits_for) return sent;
    const longer = kept === null ? "" : this.say("fleet_visits_longer", { days });
    const time = at ? this.words.moment(at) : "";
    return [sent, longer, this.say(`fleet_visits_${waits_for}`, { count: not_notified, time })].join(" ");
  }

  #outOfReach({ unreachable_since: since }: OwnedResident): string {
    return since ? this.say("unreachable_since", { time: this.words.moment(since) }) : this.say("no_way");
  }

  #links({ links: { notice, sheets, residents } }: Owned): TemplateResult {
    return html`
      <section>
        <h2>${this.say("links")}</h2>
        <ul class="links">
          ${sheets ? html`<li><a class="to" href=${sheets} target="_blank">${this.say("print_sheets")}</a></li>` : nothing}
          ${notice ? html`<li><a class="to" href=${notice} target="_blank">${this.say("open_notice")}</a></li>` : nothing}
          <li><a class="to" href=${residents} download>${this.say("open_list")}</a></li>
          <li><a class="to" href=${settings(this.building)}>${this.say("open_settings")}</a></li>
        </ul>
      </section>
    `;
  }

  #record(owned: Owned): TemplateResult {
    const { records, newest_at: newest, retention_days: days, proof_days: proof, notifications_pending: pending } = owned.record;
    const keptOut = keptOutBy(owned);
    return html`
      <section>
        <h2>${this.say("record")}</h2>
        <p class="status ${keptOut ? "bad" : "good"}" data-kept-out=${keptOut ?? ""}>
          <strong
            >${keptOut
              ? this.words.issue(keptOut, "title", { building: owned.name })
              : this.say("record_well")}</strong
          >
        </p>
        <p>
          ${records === null
            ? nothing
            : this.say("record_has", { count: records, size: size(owned.record_bytes, this.words.language) })}
          ${newest ? this.say("record_newest", { time: this.words.moment(newest) }) : nothing}
        </p>
        <p class="soft">
          ${this.say("record_keeps", { days, proof })} ${pending ? this.say("notifications_pending", { count: pending }) : nothing}
        </p>
        ${this.#fleet(owned)}
      </section>
      ${this.whole
        ? html`<courier-access-check ${seenBy(this)}></courier-access-check>`
        : nothing}
    `;
  }
}

function unitsOf({ residents }: Owned): string[] {
  return [...new Set(residents.map(({ unit }) => unit))].sort((one, other) => one.localeCompare(other, undefined, { numeric: true }));
}
