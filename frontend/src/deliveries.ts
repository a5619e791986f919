/** What is expected: announced, changed, vetoed, and passed for. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { repeat } from "lit/directives/repeat.js";

import "./expect";
import "./orders";
import "./pass";
import "./veto";
import type { Delivery, MadePass } from "./model";
import { couriersOf } from "./parcel";
import { mine, View } from "./view";

const NEW = "new";

@customElement("courier-access-deliveries")
export class Deliveries extends View {
  /** The delivery that is being changed, or a new one. It may be gone before the form is. */
  @state() private edited: Delivery | typeof NEW | undefined;
  /** A pass that was just made. Its codes are here and nowhere else. */
  @state() private made: { key: string; pass: MadePass } | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.made = this.edited = undefined;
  }

  override render(): TemplateResult {
    const expected = this.building.expected;
    return html`
      <section>
        <h2>${this.words.say("page_expected")}</h2>
        <p class="soft">${this.say("expected_says")}</p>
        ${expected.length === 0
          ? html`<p>${this.say("expected_none")}</p>`
          : html`<ul>
              ${repeat(expected, keyOf, (delivery) => this.delivery(delivery))}
            </ul>`}
        ${this.announce()}
      </section>
      <courier-access-orders
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
      ></courier-access-orders>
    `;
  }

  private delivery(delivery: Delivery): TemplateResult {
    return html`
      <li>
        <p>
          <strong>${this.words.say("page_at", { courier: delivery.courier, door: delivery.door })}</strong>
        </p>
        <p>${this.words.span(delivery.starts_at, delivery.ends_at)}</p>
        ${delivery.units
          ? html`<p>${delivery.units.map((unit) => this.words.say("notification_unit", { unit })).join(" ")}</p>`
          : html`<p class="soft">${this.say("expected_others")}</p>`}
        ${delivery.parcel_ref
          ? html`<p>${this.words.say("notification_parcel", { parcel: delivery.parcel_ref })}</p>`
          : nothing}
        ${delivery.entries_left !== undefined
          ? html`<p class="soft">${this.say("entries_left", { count: delivery.entries_left })}</p>`
          : nothing}
        ${delivery.units ? this.own(delivery) : nothing}
      </li>
    `;
  }

  private announce(): TemplateResult | typeof nothing {
    const residents = mine(this.building).filter((each) => !each.waits_for_confirmation);
    if (!residents.length || !couriersOf(this.building).length) return nothing;
    const { edited } = this;
    if (!edited)
      return html`<p>
        <button class="main" data-expect @click=${() => (this.edited = NEW)}>${this.words.say("page_expect")}</button>
      </p>`;
    const delivery = edited === NEW ? undefined : edited;
    const named = delivery && this.words.say("page_at", { courier: delivery.courier, door: delivery.door });
    return html`
      <h3>${named ? `${this.words.say("page_change")}: ${named}` : this.words.say("page_expect")}</h3>
      <p class="soft">${this.words.say("page_expect_says")}</p>
      ${keyed(
        delivery ? keyOf(delivery) : NEW,
        html`<courier-access-expect
          .words=${this.words}
          .access=${this.access}
          .building=${this.building}
          .delivery=${delivery}
          @ca-close=${() => (this.edited = undefined)}
        ></courier-access-expect>`,
      )}
    `;
  }

  /** What may be done about a delivery to one's own home. */
  private own(delivery: Delivery): TemplateResult {
    const key = keyOf(delivery);
    const { made } = this;
    if (made?.key === key)
      return html`<courier-access-pass
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .delivery=${delivery}
        .made=${made.pass}
        @ca-close=${() => (this.made = undefined)}
      ></courier-access-pass>`;
    return html`
      <div class="row">
        <button @click=${() => this.pass(delivery)}>${this.words.say("page_pass")}</button>
        ${delivery.is_mine
          ? html`<button @click=${() => (this.edited = delivery)}>${this.words.say("page_change")}</button>`
          : nothing}
        <courier-access-veto
          .words=${this.words}
          .access=${this.access}
          .building=${this.building}
          .delivery=${delivery}
        ></courier-access-veto>
      </div>
      ${delivery.passes?.map(
        ({ pass, made_at: at }) =>
          html`<p>
            <button class="stop" data-pass=${pass} @click=${() => this.revoke(pass)}>
              ${this.words.say("page_revoke_pass", { time: this.words.moment(at) })}
            </button>
          </p>`,
      )}
    `;
  }

  private async pass(delivery: Delivery): Promise<void> {
    const { courier_id: courier, grant_id: grant } = delivery;
    if (courier === undefined || grant === undefined) return;
    await this.act(async () => {
      const pass = await this.access.makePass(this.building.building, courier, grant);
      if (this.isConnected) this.made = { key: keyOf(delivery), pass };
    });
  }

  private revoke(pass: string): Promise<boolean> {
    const deed = () => this.access.revokePass(this.building.building, pass);
    return this.act(deed, this.words.say("page_said_revoke_pass"));
  }
}

/** Neighbors' deliveries have no key of their own. */
function keyOf({ courier_id: courier, grant_id: grant, courier: name, starts_at: start }: Delivery, number?: number): string {
  return grant === undefined ? `${name} ${start} ${number}` : `${courier} ${grant}`;
}
