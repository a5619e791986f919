/** The reader's standing orders: given in a small form, paused and withdrawn in one tap. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { button, dialog, empty, select, type Choice } from "./controls";
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
  @state() private busy = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("building")) return;
    if (changed.get("building")?.building !== this.building.building) {
      this.orders = [];
      this.sources = undefined;
    }
    if (this.resident) void this.load();
  }

  override render(): TemplateResult | typeof nothing {
    const { resident, sources } = this;
    if (!resident) return nothing;
    const own = this.orders.filter((order) => order.resident !== undefined);
    const give = button(this.say("orders_give"), () => void this.open(resident), { icon: "add" });
    return html`
      <section>
        <h2>${this.say("orders")}</h2>
        <p class="soft">${this.say("orders_says")}</p>
        ${own.length === 0
          ? empty("parcel", this.say("orders_none"), give)
          : html`<ul>
                ${own.map((order) => this.row(order))}
              </ul>
              ${give}`}
        ${sources ? this.form(resident, sources) : nothing}
      </section>
    `;
  }

  private get resident(): Resident | undefined {
    return mine(this.building)[0];
  }

  private async load(): Promise<void> {
    const { building } = this.building;
    await this.act(async () => {
      const orders = await this.access.orders(building);
      if (building === this.building.building) this.orders = orders;
    });
  }

  private row(order: Order): TemplateResult {
    const where = [order.courier ?? "–", order.door].filter(Boolean).join(", ");
    return html`
      <li data-order=${order.order}>
        <h3>${where}</h3>
        <p class="soft">
          ${order.source ?? this.say("orders_gone")} ·
          ${this.say("orders_most", { count: order.most_per_day ?? 0 })}${order.is_paused
            ? html` · ${this.say("orders_paused")}`
            : nothing}
        </p>
        <div class="row">
          ${button(order.is_paused ? this.say("orders_resume") : this.say("orders_pause"), () => void this.pause(order))}
          ${button(this.say("orders_withdraw"), () => void this.withdraw(order), { kind: "stop" })}
        </div>
      </li>
    `;
  }

  private form(resident: Resident, sources: OrderSources): TemplateResult {
    const { draft } = this;
    const { device, sensor } = draft;
    const isComplete = (device !== undefined || sensor !== undefined) && draft.courier !== undefined;
    const close = () => (this.sources = undefined);
    return dialog(
      this.say("orders_give"),
      html`<div class="fields">
        ${select(
          this.say("orders_source"),
          device ?? sensor,
          [
            ...sources.devices.map((each) => ({ value: each.device, label: each.name, group: this.say("orders_accounts") })),
            ...sources.sensors.map((each) => ({ value: each.sensor, label: each.name, group: this.say("orders_sensors") })),
          ],
          (chosen) => this.choose(sources, chosen),
        )}
        ${this.named("courier", this.building.couriers.filter(({ enabled }) => enabled).map(({ courier, name }) => ({ value: courier, label: name })))}
        ${this.building.doors.length > 1
          ? this.named("door", [
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
            .value=${String(draft.most_per_day ?? DEFAULT_MOST)}
            @change=${(event: Event) => this.count(event)}
        /></label>
      </div>`,
      {
        main: button(this.say("orders_give"), () => void this.give(resident), { kind: "main", disabled: !isComplete || this.busy }),
        other: button(this.say("cancel"), close, { kind: "text" }),
      },
      close,
    );
  }

  private named(part: "courier" | "door", choices: Choice<string | undefined>[]): TemplateResult {
    return select(this.say(`orders_${part}`), this.draft[part], choices, (value) => {
      const { [part]: _, ...others } = this.draft;
      this.draft = value === undefined ? others : { ...others, [part]: value };
    });
  }

  private async open(resident: Resident): Promise<void> {
    const { building } = this.building;
    this.draft = {};
    await this.act(async () => {
      const sources = await this.access.orderSources(building, resident.resident);
      if (building === this.building.building) this.sources = sources;
    });
  }

  private choose(sources: OrderSources, chosen: string): void {
    const { device: _, sensor: __, ...others } = this.draft;
    const isDevice = sources.devices.some(({ device }) => device === chosen);
    this.draft = { ...others, ...(isDevice ? { device: chosen } : { sensor: chosen }) };
  }

  private count(event: Event): void {
    const most = Math.round(Number((event.target as HTMLInputElement).value)) || DEFAULT_MOST;
    this.draft = { ...this.draft, most_per_day: Math.min(MOST, Math.max(1, most)) };
  }

  private async give(resident: Resident): Promise<void> {
    if (this.busy) return;
    const { building } = this.building;
    this.busy = true;
    const done = await this.act(
      () => this.access.setOrder(building, resident.resident, this.draft),
      this.say("orders_given"),
    );
    this.busy = false;
    if (done && building === this.building.building) this.sources = undefined;
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
