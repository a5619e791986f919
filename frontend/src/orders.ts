/** The reader's automatic announcements: added in a small form that also changes their sources, paused in one tap, and withdrawn in two. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import "./sure";
import { sensorsOf } from "./access";
import { button, dialog, empty, select, toggle, type Choice } from "./controls";
import type { Home } from "./home";
import { NOTES, type Checks, type OfferedSource, type Order, type OrderChange, type OrderSource, type OrderSources, type Resident } from "./model";
import { parcelsNow, saidMissing, saidReport } from "./parcels-now";
import { mine, seenBy, View } from "./view";

const DEFAULT_MOST = 3;
const MOST = 20;

@customElement("courier-access-orders")
export class Orders extends View {
  static override styles = [
    View.styles,
    css`
      .offered {
        display: block;
        line-height: 1.3;
        padding-block: 4px;
      }
    `,
  ];

  @state() private orders: Order[] = [];
  /** What the form offers; undefined while it is closed. */
  @state() private sources: OrderSources | undefined;
  @state() private draft: OrderChange = {};
  @state() private busy = false;
  /** What becomes of the parcels that are listed now; undefined until somebody asks. */
  @state() private found: Checks | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("building") && !this.#haveSourcesReported(changed.get("home"))) return;
    if (this.isOther(changed)) {
      this.orders = [];
      this.sources = this.found = undefined;
    }
    if (this.#resident) void this.#load();
  }

  override render(): TemplateResult | typeof nothing {
    const { sources } = this;
    const resident = this.#resident;
    if (!resident) return nothing;
    const own = this.orders.filter((order) => order.resident !== undefined);
    const give = button(this.say("orders_give"), () => void this.#open(resident), { icon: "add" });
    return html`
      <section>
        <h2>${this.say("orders")}</h2>
        <p class="soft">${this.say("orders_says")}</p>
        ${own.length === 0
          ? empty("parcel", this.say("orders_none"), give)
          : html`<ul>
                ${own.map((order) => this.#row(order))}
              </ul>
              ${this.found ? parcelsNow(this.words, this.found) : nothing}
              <div class="row">
                ${this.building.doors[0] && !this.found ? button(this.say("check_parcels"), () => this.#look(resident)) : nothing}
                ${give}
              </div>`}
        ${sources ? this.#form(resident, sources) : nothing}
      </section>
    `;
  }

  #haveSourcesReported(before: Home | undefined): boolean {
    return before !== undefined && sensorsOf(this.orders).some((sensor) => before.states[sensor] !== this.home.states[sensor]);
  }

  get #resident(): Resident | undefined {
    return mine(this.building)[0];
  }

  async #load(): Promise<void> {
    const { building } = this.building;
    await this.act(async () => {
      const orders = await this.access.orders(building);
      if (building === this.building.building) this.orders = orders;
    });
    if (this.found && this.#resident) await this.#look(this.#resident);
  }

  async #look({ unit }: Resident): Promise<void> {
    const { building, doors } = this.building;
    const [door] = doors;
    if (door === undefined) return;
    await this.act(async () => {
      const found = await this.access.check(building, door.door, unit);
      if (building === this.building.building) this.found = found;
    });
  }

  #row(order: Order): TemplateResult {
    const where = [order.courier ?? "–", order.door].filter(Boolean).join(", ");
    return html`
      <li data-order=${order.order}>
        <h3>${where}</h3>
        <p class="soft">
          ${this.say("orders_most", { count: order.most_per_day ?? 0 })}${order.is_paused
            ? html` · ${this.say("orders_paused")}`
            : nothing}
        </p>
        ${order.sources?.length ? order.sources.map((source) => this.#source(source)) : html`<p>${this.say("orders_waits")}</p>`}
        <div class="row">
          ${button(this.#choosing(order), () => void this.#open(this.#resident, order), {
            kind: order.sources?.length ? "plain" : "main",
          })}
          ${button(order.is_paused ? this.say("orders_resume") : this.say("orders_pause"), () => void this.#pause(order))}
          <courier-access-sure
            ${seenBy(this)}
            .label=${this.say("orders_withdraw")}
            .heading=${this.say("orders_withdraw")}
            .about=${where}
            .says=${this.say("orders_withdraw_sure")}
            .deed=${() => void this.#withdraw(order)}
          ></courier-access-sure>
        </div>
      </li>
    `;
  }

  /** What the button and the form for an order's sources are called. */
  #choosing(order: Order | undefined): string {
    return order?.sources?.length ? this.say("orders_change") : this.say("orders_choose");
  }

  /** A source by its name, and below it whether it works. */
  #source(source: OrderSource): TemplateResult {
    const missing = saidMissing(this.words, source);
    if (missing !== undefined) return html`<p>${missing}</p>`;
    const parcel = source.last_parcel;
    const last = parcel === null ? [] : [this.say("orders_last", { parcel })];
    return html`<p>${source.name}<br /><span class="soft">${[saidReport(this.words, source), ...last].join(" · ")}</span></p>`;
  }

  #offered(source: OfferedSource): TemplateResult {
    const { sensor, name, notes } = source;
    const says = [saidReport(this.words, source), ...notes.map((note) => this.say(`orders_${note}`))];
    return toggle(
      html`<span class="offered">${name}<br /><small class="soft">${says.join(" · ")}</small></span>`,
      !!this.draft.sensors?.includes(sensor),
      (on) => this.#choose(sensor, on),
    );
  }

  #form(resident: Resident, sources: OrderSources): TemplateResult {
    const { draft } = this;
    const isNew = draft.order === undefined;
    const isComplete = !!draft.sensors?.length && (!isNew || draft.courier !== undefined);
    const close = () => (this.sources = undefined);
    const title = isNew ? this.say("orders_give") : this.#choosing(this.orders.find(({ order }) => order === draft.order));
    return dialog(
      title,
      html`<div class="fields">
        <div role="group" aria-label=${this.say("orders_source")}>
          <h3>${this.say("orders_source")}</h3>
          ${sources.sensors.length === 0 ? html`<p>${this.say("orders_no_sources")}</p>` : nothing}
          ${sources.sensors.map((source) => this.#offered(source))}
          ${NOTES.filter((note) => sources.sensors.some(({ notes }) => notes.includes(note))).map(
            (note) => html`<p class="soft"><strong>${this.say(`orders_${note}`)}:</strong> ${this.say(`orders_${note}_says`)}</p>`,
          )}
        </div>
        ${isNew && sources.sensors.length ? this.#terms() : nothing}
      </div>`,
      {
        main: button(isNew ? title : this.say("save"), () => void this.#give(resident), {
          kind: "main",
          disabled: !isComplete || this.busy,
        }),
        other: button(this.say("cancel"), close, { kind: "text" }),
      },
      close,
    );
  }

  /** What only a new order is asked for. */
  #terms(): TemplateResult {
    return html`
        ${this.#named("courier", this.building.couriers.filter(({ enabled }) => enabled).map(({ courier, name }) => ({ value: courier, label: name })))}
        <p class="soft">${this.say("orders_courier_says")}</p>
        ${this.building.doors.length > 1
          ? this.#named("door", [
              { value: undefined, label: "–" },
              ...this.building.doors.map(({ door, name }) => ({ value: door, label: name })),
            ])
          : nothing}
        <label class="field"
          >${this.say("orders_count")}
          <input
            type="number"
            min="1"
            max=${MOST}
            .value=${String(this.draft.most_per_day ?? DEFAULT_MOST)}
            @change=${(event: Event) => this.#count(event)}
        /></label>
    `;
  }

  #named(part: "courier" | "door", choices: Choice<string | undefined>[]): TemplateResult {
    return select(this.say(`orders_${part}`), this.draft[part], choices, (value) => {
      const { [part]: _, ...others } = this.draft;
      this.draft = value === undefined ? others : { ...others, [part]: value };
    });
  }

  /** Offer a new order, or other sources of one. */
  async #open(resident: Resident | undefined, order?: Order): Promise<void> {
    if (resident === undefined) return;
    const { building } = this.building;
    const chosen = order?.sources?.flatMap(({ sensor }) => sensor ?? []) ?? [];
    this.draft = order ? { order: order.order, sensors: chosen } : {};
    await this.act(async () => {
      const sources = await this.access.orderSources(building, resident.resident);
      if (building !== this.building.building) return;
      this.sources = sources;
      // What isn't offered anymore can't stay.
      const offered = sources.sensors.map(({ sensor }) => sensor);
      if (order) this.draft = { ...this.draft, sensors: chosen.filter((sensor) => offered.includes(sensor)) };
    });
  }

  #choose(sensor: string, on: boolean): void {
    const others = (this.draft.sensors ?? []).filter((each) => each !== sensor);
    this.draft = { ...this.draft, sensors: on ? [...others, sensor] : others };
  }

  #count(event: Event): void {
    const most = Math.round(Number((event.target as HTMLInputElement).value)) || DEFAULT_MOST;
    this.draft = { ...this.draft, most_per_day: Math.min(MOST, Math.max(1, most)) };
  }

  async #give(resident: Resident): Promise<void> {
    if (this.busy) return;
    const { building } = this.building;
    this.busy = true;
    const done = await this.act(
      () => this.access.setOrder(building, resident.resident, this.draft),
      this.say("orders_given"),
    );
    this.busy = false;
    if (done && building === this.building.building) this.sources = undefined;
    await this.#load();
  }

  async #pause({ order, is_paused: isPaused, resident }: Order): Promise<void> {
    if (resident === undefined) return;
    await this.act(() => this.access.setOrder(this.building.building, resident, { order, paused: !isPaused }));
    await this.#load();
  }

  async #withdraw({ order }: Order): Promise<void> {
    await this.act(() => this.access.withdrawOrder(this.building.building, order), this.say("orders_withdrawn"));
    await this.#load();
  }
}
