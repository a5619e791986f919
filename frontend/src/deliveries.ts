/** What is expected: announced, changed, vetoed, and passed for. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { repeat } from "lit/directives/repeat.js";

import "./expect";
import "./orders";
import "./pass";
import "./refused";
import "./sure";
import "./veto";
import { EXPECT, viewOf } from "./addresses";
import { button, empty } from "./controls";
import { dayBar, dayBarStyles } from "./day-bar";
import type { Decided, Delivery, Entry, MadePass, Resident } from "./model";
import { mayExpect } from "./parcel";
import { saidShut } from "./said-rules";
import { saidOpens } from "./soon";
import { mine, seenBy, View } from "./view";

const NEW = "new";
/** Why a home is closed to every parcel. */
const CLOSED: readonly string[] = ["not_given", "withdrawn", "no_courier"];

@customElement("courier-access-deliveries")
export class Deliveries extends View {
  static override styles = [
    View.styles,
    dayBarStyles,
    css`
      .head {
        margin-block-end: 12px;
      }
      .head h2 {
        margin: 0;
      }
      li,
      li:first-child {
        border: var(--ha-card-border-width, 1px) solid var(--ha-card-border-color, var(--divider-color));
        border-radius: var(--ha-card-border-radius, var(--ha-border-radius-lg));
        background: var(--ha-card-background, var(--card-background-color));
        padding: 8px 16px 16px;
        margin-block-end: 16px;
      }
    `,
  ];

  /** The delivery that is being changed, or a new one. It may be gone before the form is. */
  @state() private edited: Delivery | typeof NEW | undefined;
  /** A pass that was just made. Its codes are here and nowhere else. */
  @state() private made: { key: string; pass: MadePass } | undefined;

  /** Grows whenever couriers came or went. */
  @property({ type: Number }) news = 0;

  @state() private busy = false;
  /** Who came last: a delivery that was used isn't expected anymore. */
  @state() private last: Entry | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.isOther(changed)) this.last = undefined;
    else if (!changed.has("news")) return;
    void this.#look();
  }

  async #look(): Promise<void> {
    const { building } = this.building;
    try {
      const { entries } = await this.access.entries(building, { limit: 1, decision: "admitted" });
      if (building === this.building.building) this.last = entries[0];
    } catch {
      // The view of the visits says why they can't be read.
    }
  }

  /** Home leads here to expect a parcel; coming here again, or going back, doesn't. */
  override connectedCallback(): void {
    super.connectedCallback();
    const asked = new URLSearchParams(location.search);
    if (!asked.has(EXPECT)) return;
    if (this.#mayExpect) this.edited = NEW;
    asked.delete(EXPECT);
    history.replaceState(history.state, "", `${location.pathname}?${asked}`);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.made = this.edited = undefined;
  }

  override render(): TemplateResult {
    const expected = this.building.expected;
    return html`
      <div class="row head">
        <h2 class="grow">${this.words.say("page_expected")}</h2>
        ${this.#mayExpect && !this.edited
          ? button(this.words.say("page_expect"), () => (this.edited = NEW), { kind: "main", icon: "add" })
          : nothing}
      </div>
      ${this.#closed ? this.#consent(this.#closed) : nothing} ${this.#form()}
      ${expected.length === 0
        ? html`<section>${empty("parcel", this.say("expected_none"))}</section>`
        : html`<ul>
            ${repeat(expected, keyOf, (delivery) => this.#delivery(delivery))}
          </ul>`}
      ${this.building.more_expected ? html`<p class="soft">${this.say("expected_more")}</p>` : nothing}
      ${this.last ? this.#visit(this.last) : nothing}
      <courier-access-orders ${seenBy(this)}></courier-access-orders>
    `;
  }

  #visit({ courier, at }: Entry): TemplateResult {
    const said = this.say("last_visit", { courier, time: this.words.moment(at) });
    return html`<p><a class="to" data-last href=${viewOf(this.building, "entries")}>${said}</a></p>`;
  }

  get #mayExpect(): boolean {
    return mayExpect(this.building) && !this.#closed;
  }

  /** The reader's residence, if every parcel for a home of theirs would be refused. */
  get #closed(): Resident | undefined {
    const own = mine(this.building);
    return own.every(({ shut }) => CLOSED.includes(shut ?? "")) ? own[0] : undefined;
  }

  #consent(resident: Resident): TemplateResult {
    return html`<section>
      <p>${saidShut(this.words, resident)}</p>
      ${resident.consent === "given"
        ? nothing
        : this.toDecision}
    </section>`;
  }

  #delivery(delivery: Delivery): TemplateResult {
    const opens = saidOpens(this.words, delivery);
    return html`
      <li>
        <p><strong>${this.words.say("page_at", { courier: delivery.courier, door: delivery.door })}</strong></p>
        <p>${this.words.span(delivery.starts_at, delivery.ends_at)}</p>
        ${dayBar(this.words, delivery)}
        ${delivery.units ? this.#details(delivery) : html`<p class="soft">${this.say("expected_others")}</p>`}
        ${opens ? html`<p>${opens}</p>` : nothing} ${this.#refusal(delivery)} ${this.#asking(delivery)}
        ${delivery.units ? this.#own(delivery) : nothing}
      </li>
    `;
  }

  /** Beside a pass, its codes are below what would refuse them. */
  #refusal(delivery: Delivery): TemplateResult | typeof nothing {
    if (!delivery.refused || this.made?.key === keyOf(delivery)) return nothing;
    return html`<courier-access-refused
      ${seenBy(this)}
      .delivery=${delivery}
    ></courier-access-refused>`;
  }

  /** A pass that was just made says it itself. */
  #asking(delivery: Delivery): TemplateResult | typeof nothing {
    if (!delivery.asks || this.made?.key === keyOf(delivery)) return nothing;
    return html`<p>${this.words.say("panel_pass_asks")}</p>`;
  }

  #details({ units = [], parcel_ref: parcel, entries_left: left }: Delivery): TemplateResult {
    const said = [
      ...(mine(this.building).length > 1 ? units.map((unit) => this.words.say("notification_unit", { unit })) : []),
      ...(parcel ? [this.words.say("notification_parcel", { parcel })] : []),
      ...(left === undefined || left < 2 ? [] : [this.say("entries_left", { count: left })]),
    ];
    return html`<p class="soft">${said.join(" ")}</p>`;
  }

  #form(): TemplateResult | typeof nothing {
    const { edited } = this;
    if (!edited || !this.#mayExpect) return nothing;
    const delivery = edited === NEW ? undefined : edited;
    const named = delivery && this.words.say("page_at", { courier: delivery.courier, door: delivery.door });
    return html`
      <section>
        <h3>${named ? `${this.words.say("page_change")}: ${named}` : this.words.say("page_expect")}</h3>
        ${keyed(
          delivery ? keyOf(delivery) : NEW,
          html`<courier-access-expect
            ${seenBy(this)}
            .delivery=${delivery}
            @ca-close=${(event: CustomEvent<Decided | undefined>) => this.#close(event.detail)}
          ></courier-access-expect>`,
        )}
      </section>
    `;
  }

  /** A driver whose courier sends no messages needs a pass: it is made with the delivery, and says it by itself. */
  #close(decided: Decided | undefined): void {
    const isNew = this.edited === NEW;
    this.edited = undefined;
    if (!decided) return;
    const courier = this.building.couriers.find(({ courier: id }) => id === decided.courier_id);
    if (isNew && courier && !courier.has_key && !this.#showsPass) void this.#pass(decided);
    else this.tell({ text: this.words.say(isNew ? "page_said_expect" : "page_said_revise") });
  }

  /** Whether there are codes that would be gone with those of another pass. */
  get #showsPass(): boolean {
    return this.busy || this.building.expected.some((delivery) => keyOf(delivery) === this.made?.key);
  }

  /** What may be done about a delivery to one's own home. */
  #own(delivery: Delivery): TemplateResult {
    const key = keyOf(delivery);
    const { made } = this;
    if (made?.key === key)
      return html`<courier-access-pass
        ${seenBy(this)}
        .delivery=${delivery}
        .made=${made.pass}
        @ca-close=${() => (this.made = undefined)}
      ></courier-access-pass>`;
    return html`
      <div class="row">
        ${this.#passes(delivery)}
        ${delivery.is_mine ? button(this.words.say("page_change"), () => (this.edited = delivery)) : nothing}
        <courier-access-veto
          ${seenBy(this)}
          .delivery=${delivery}
        ></courier-access-veto>
      </div>
      ${delivery.passes?.map(
        ({ pass, made_at: at }) =>
          html`<p>
            <courier-access-sure
              ${seenBy(this)}
              .label=${this.words.say("page_revoke_pass", { time: this.words.moment(at) })}
              .heading=${this.words.say("page_pass")}
              .says=${this.words.say("page_revoke_pass_sure")}
              .deed=${() => void this.#revoke(pass)}
            ></courier-access-sure>
          </p>`,
      )}
    `;
  }

  /** A new pass ends the one that may have been sent. */
  #passes(delivery: Delivery): TemplateResult {
    const make = () => void this.#pass(delivery);
    if (!delivery.passes?.length) return button(this.words.say("page_pass"), make, { disabled: this.busy });
    return html`<courier-access-sure
      ${seenBy(this)}
      .label=${this.words.say("page_pass_new")}
      .heading=${this.words.say("page_pass")}
      .about=${delivery.courier}
      .says=${this.words.say("page_pass_new_sure")}
      .deed=${make}
    ></courier-access-sure>`;
  }

  async #pass({ courier_id: courier, grant_id: grant }: Pick<Delivery, "courier_id" | "grant_id">): Promise<void> {
    if (courier === undefined || grant === undefined || this.busy) return;
    this.busy = true;
    await this.act(async () => {
      const pass = await this.access.makePass(this.building.building, courier, grant);
      if (this.isConnected) this.made = { key: grantKey(courier, grant), pass };
    });
    this.busy = false;
  }

  #revoke(pass: string): Promise<boolean> {
    const deed = () => this.access.revokePass(this.building.building, pass);
    return this.act(deed, this.words.say("page_said_revoke_pass"));
  }
}

/** Neighbors' deliveries have no key of their own. */
function keyOf({ courier_id: courier, grant_id: grant, courier: name, starts_at: start }: Delivery, number?: number): string {
  return grant === undefined ? `${name} ${start} ${number}` : grantKey(courier, grant);
}

function grantKey(courier: string | undefined, grant: string): string {
  return `${courier} ${grant}`;
}
