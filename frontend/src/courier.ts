/** One courier as the owner sees it, and the test of its address. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Named, OwnedCourier, Tried } from "./model";
import { whyKey } from "./owned";
import { View } from "./view";

const WELL = ["https", "cloud"];

@customElement("courier-access-courier")
export class CourierView extends View<Named> {
  @property({ attribute: false }) courier!: OwnedCourier;

  @state() private tried: Tried | undefined;
  @state() private busy = false;

  override render(): TemplateResult {
    const { courier } = this;
    return html`
      <h3>${courier.name}</h3>
      ${courier.enabled ? nothing : html`<p>${this.words.say("notification_reason_courier_disabled")}</p>`}
      ${courier.doors.length
        ? html`<p>${this.say("courier_doors", { doors: courier.doors.join(", ") })}</p>`
        : html`<p>${this.say("courier_no_doors")}</p>`}
      ${courier.keys.length ? this.messages(courier) : html`<p>${this.say("key_none")}</p>`}
    `;
  }

  private messages(courier: OwnedCourier): TemplateResult {
    return html`
      <p class="status ${WELL.includes(courier.reach) ? "good" : "bad"}" data-reach=${courier.reach}>
        ${this.say(`reach_${courier.reach}`)}
      </p>
      ${courier.keys.map(
        ({ kind, ends_at: ends }) => html`
          <p>
            ${this.say(`key_${kind}`)} ${ends ? this.say("key_ends", { time: this.words.moment(ends) }) : nothing}
            ${!ends && courier.uses_newest_key === false ? this.say("key_unused") : nothing}
          </p>
        `,
      )}
      <p class="soft">
        ${courier.last_contact
          ? this.say("last_contact", { time: this.words.moment(courier.last_contact) })
          : this.say("never_heard")}
        ${this.refusals()}
      </p>
      <p>
        <button ?disabled=${this.busy} @click=${() => this.test()}>${this.say("test")}</button>
      </p>
      <div role="status">${this.tried ? this.answer(this.tried) : ""}</div>
    `;
  }

  private refusals(): string {
    const { refusals, last_refusal: last } = this.courier;
    if (!last) return "";
    return this.say("refusals", {
      count: refusals,
      time: this.words.moment(last.at),
      why: this.words.say(whyKey(last.why)),
    });
  }

  private answer({ found, why }: Tried): TemplateResult {
    const isWell = found === "good" || found === "answers";
    return html`
      <p class="status ${isWell ? "good" : "bad"}" data-found=${found}>
        ${this.say(`found_${found}`)} ${why ? this.words.say(whyKey(why)) : nothing}
        ${isWell && this.courier.reach === "nothing" ? this.say("found_inside") : nothing}
      </p>
    `;
  }

  private async test(): Promise<void> {
    this.busy = true;
    this.tried = undefined;
    await this.act(async () => {
      this.tried = await this.access.test(this.building.building, this.courier.courier);
    });
    this.busy = false;
  }
}
