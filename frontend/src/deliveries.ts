/** What is expected, and the veto. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import "./orders";
import type { Delivery } from "./model";
import { View } from "./view";

@customElement("courier-access-deliveries")
export class Deliveries extends View {
  /** The delivery that the reader is about to veto. */
  @state() private asked: string | undefined;

  override render(): TemplateResult {
    const expected = this.building.expected;
    return html`
      <section>
        <h2>${this.words.say("page_expected")}</h2>
        <p class="soft">${this.say("expected_says")}</p>
        ${expected.length === 0
          ? html`<p>${this.say("expected_none")}</p>`
          : html`<ul>
              ${expected.map((delivery) => this.delivery(delivery))}
            </ul>`}
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
        ${delivery.units ? this.veto(delivery) : nothing}
      </li>
    `;
  }

  private veto(delivery: Delivery): TemplateResult {
    const key = `${delivery.courier_id} ${delivery.grant_id}`;
    return this.asked === key
      ? html`<p role="alert">${this.say("veto_sure")}</p>
          <div class="row">
            <button class="stop" @click=${() => this.forbid(delivery)}>${this.say("veto_yes")}</button>
            <button @click=${() => (this.asked = undefined)}>${this.say("cancel")}</button>
          </div>`
      : html`<button class="stop" @click=${() => (this.asked = key)}>${this.words.say("page_veto")}</button>`;
  }

  private async forbid(delivery: Delivery): Promise<void> {
    const { courier_id: courier, grant_id: grant, units } = delivery;
    this.asked = undefined;
    if (courier === undefined || grant === undefined) return;
    for (const unit of units ?? []) {
      const done = await this.act(
        () => this.access.veto(this.building.building, courier, grant, unit),
        this.words.say("page_said_veto"),
      );
      if (!done) return;
    }
  }
}
