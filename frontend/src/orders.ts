/** The reader's standing orders: given in a small form, paused and withdrawn in one tap. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { Order, OrderChange, OrderSources, Resident } from "./model";
import { mine, View } from "./view";

const DEFAULT_MOST = 3;
const MOST = 20;

@customElement("courier-access-orders")
export class Orders extends View {
  @state() private orders: Order[] = [];
  /** What the form offers; undefined while it is closed. */
  @state() private sources: OrderSources | undefined;
  @state() private draft: OrderChange = {};
  private read: string | undefined;

  protected override willUpdate(_: PropertyValues<this>): void {
    if (this.resident && this.read !== this.building.building) {
      this.read = this.building.building;
      this.sources = undefined;
      void this.load();
    }
  }

  override render(): TemplateResult | typeof nothing {
    const { resident, sources } = this;
    if (!resident) return nothing;
    const own = this.orders.filter((order) => order.resident !== undefined);
    return html`
      <section>
        <h2>${this.say("orders")}</h2>
        <p class="soft">${this.say("orders_says")}</p>
        ${own.length === 0
          ? html`<p>${this.say("orders_none")}</p>`
          : html`<ul>
              ${own.map((order) => this.row(order))}
            </ul>`}
        ${sources
          ? this.form(resident, sources)
          : html`<button @click=${() => this.open(resident)}>${this.say("orders_give")}</button>`}
      </section>
    `;
  }

  private get resident(): Resident | undefined {
    return mine(this.building)[0];
  }

  private async load(): Promise<void> {
    await this.act(async () => (this.orders = await this.access.orders(this.building.building)));
  }

  private row(order: Order): TemplateResult {
    const where = [order.courier ?? "–", order.door].filter(Boolean).join(", ");
    return html`
      <li data-order=${order.order}>
        <p><strong>${where}</strong></p>
        <p>${order.source ?? this.say("orders_gone")}</p>
        <p class="soft">
          ${this.say("orders_most", { count: order.most_per_day ?? 0 })}${order.is_paused
            ? html` · ${this.say("orders_paused")}`
            : nothing}
        </p>
        <div class="row">
          <button @click=${() => this.pause(order)}>
            ${order.is_paused ? this.say("orders_resume") : this.say("orders_pause")}
          </button>
          <button class="stop" @click=${() => this.withdraw(order)}>${this.say("orders_withdraw")}</button>
        </div>
      </li>
    `;
  }

  private form(resident: Resident, sources: OrderSources): TemplateResult {
    const { draft } = this;
    const chosen = draft.device !== undefined || draft.sensor !== undefined;
    return html`
      <p>
        <label
          >${this.say("orders_source")}
          <select name="source" @change=${(event: Event) => this.choose(event)}>
            <option value="">–</option>
            <optgroup label=${this.say("orders_accounts")}>
              ${sources.devices.map(({ device, name }) => html`<option value="device ${device}">${name}</option>`)}
            </optgroup>
            <optgroup label=${this.say("orders_sensors")}>
              ${sources.sensors.map(({ sensor, name }) => html`<option value="sensor ${sensor}">${name}</option>`)}
            </optgroup>
          </select>
        </label>
      </p>
      <p>
        <label
          >${this.say("orders_courier")}
          <select name="courier" @change=${(event: Event) => this.put("courier", valueOf(event))}>
            <option value="">–</option>
            ${this.building.couriers
              .filter(({ enabled }) => enabled)
              .map(({ courier, name }) => html`<option value=${courier}>${name}</option>`)}
          </select>
        </label>
      </p>
      ${this.building.doors.length > 1
        ? html`<p>
            <label
              >${this.say("orders_door")}
              <select name="door" @change=${(event: Event) => this.put("door", valueOf(event))}>
                <option value="">–</option>
                ${this.building.doors.map(({ door, name }) => html`<option value=${door}>${name}</option>`)}
              </select>
            </label>
          </p>`
        : nothing}
      <p>
        <label
          >${this.say("orders_count")}
          <input
            type="number"
            min="1"
            max=${MOST}
            .value=${String(draft.most_per_day ?? DEFAULT_MOST)}
            @change=${(event: Event) => this.count(event)}
        /></label>
      </p>
      <div class="row">
        <button class="main" ?disabled=${!chosen || !draft.courier} @click=${() => this.give(resident)}>
          ${this.say("orders_give")}
        </button>
        <button @click=${() => (this.sources = undefined)}>${this.say("cancel")}</button>
      </div>
    `;
  }

  private async open(resident: Resident): Promise<void> {
    this.draft = {};
    await this.act(
      async () => (this.sources = await this.access.orderSources(this.building.building, resident.resident)),
    );
  }

  private choose(event: Event): void {
    const { device: _, sensor: __, ...others } = this.draft;
    const [kind, named] = valueOf(event).split(" ");
    this.draft = { ...others, ...(kind === "device" || kind === "sensor" ? { [kind]: named } : {}) };
  }

  private put(name: "courier" | "door", value: string): void {
    const { [name]: _, ...others } = this.draft;
    this.draft = value ? { ...others, [name]: value } : others;
  }

  private count(event: Event): void {
    const most = Math.round(Number(valueOf(event))) || DEFAULT_MOST;
    this.draft = { ...this.draft, most_per_day: Math.min(MOST, Math.max(1, most)) };
  }

  private async give(resident: Resident): Promise<void> {
    const done = await this.act(
      () => this.access.setOrder(this.building.building, resident.resident, this.draft),
      this.say("orders_given"),
    );
    if (done) this.sources = undefined;
    await this.load();
  }

  private async pause({ order, is_paused: isPaused, resident }: Order): Promise<void> {
    if (resident === undefined) return;
    await this.act(() => this.access.setOrder(this.building.building, resident, { order, paused: !isPaused }));
    await this.load();
  }

  private async withdraw({ order }: Order): Promise<void> {
    await this.act(() => this.access.withdrawOrder(this.building.building, order), this.say("orders_withdrawn"));
    await this.load();
  }
}

function valueOf(event: Event): string {
  return (event.target as HTMLSelectElement | HTMLInputElement).value;
}
