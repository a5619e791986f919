/** One courier as administrators see it, and the test of its address. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { settings } from "./addresses";
import { button } from "./controls";
import type { Named, OwnedCourier, Tried } from "./model";
import { whyKey } from "./owned";
import { courierFault } from "./required";
import { row, rows } from "./row";
import { View } from "./view";

@customElement("courier-access-courier")
export class CourierView extends View<Named> {
  static override styles = [View.styles, rows];

  @property({ attribute: false }) courier!: OwnedCourier;
  @property({ attribute: false }) neverHeard: readonly string[] = [];
  @property({ attribute: false }) withoutConsent: readonly { day: string; count: number }[] = [];

  @state() private tried: Tried | undefined;
  @state() private busy = false;

  override render(): TemplateResult {
    const { courier } = this;
    const fault = courierFault(courier, this.neverHeard);
    return row({
      tone: fault ? "bad" : courier.enabled && courier.keys.length ? "good" : "plain",
      name: courier.name,
      says: this.#state(fault),
      more: html`
        ${courier.doors.length ? html`<p>${this.say("courier_doors", { doors: courier.doors.join(", ") })}</p>` : nothing}
        ${this.#refusedWithoutConsent()}
        ${courier.keys.length ? this.#messages(courier) : html`<p>${this.say("key_none")}</p>`}
      `,
      link: { href: settings(this.building), text: this.say("edit"), label: `${this.say("edit")}: ${courier.name}` },
    });
  }

  #refusedWithoutConsent(): TemplateResult | typeof nothing {
    if (!this.withoutConsent.length) return nothing;
    const days = this.withoutConsent.map(
      ({ day, count }) => `${this.words.date(day, { day: "numeric", month: "short" })}: ${count}`,
    );
    return html`<p data-without-consent>${this.say("courier_without_consent", { days: days.join(" · ") })}</p>`;
  }

  /** Unfold the test of its address, and go there. */
  show(): void {
    const details = this.renderRoot.querySelector("details");
    if (!details) return;
    details.open = true;
    this.scrollIntoView({ block: "center" });
    details.querySelector("summary")?.focus();
  }

  #state(fault: string | undefined): string {
    const { enabled, keys, last_contact: heard } = this.courier;
    if (!enabled) return this.say("courier_disabled");
    if (fault) return this.say(fault);
    if (!keys.length) return this.say("courier_without_key");
    return heard ? this.say("last_contact", { time: this.words.moment(heard) }) : this.say("courier_quiet");
  }

  #messages(courier: OwnedCourier): TemplateResult {
    return html`
      <p data-reach=${courier.reach}>${this.say(`reach_${courier.reach}`)}</p>
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
        ${this.#refusals()}
      </p>
      ${button(this.say("test"), () => this.#test(), { disabled: this.busy })}
      <div role="status">${this.tried ? this.#answer(this.tried) : ""}</div>
    `;
  }

  #refusals(): string {
    const { refusals, last_refusal: last } = this.courier;
    if (!last) return "";
    return this.say("refusals", {
      count: refusals,
      time: this.words.moment(last.at),
      why: this.words.say(whyKey(last.why)),
    });
  }

  #answer({ found, why }: Tried): TemplateResult {
    const isWell = found === "good" || found === "answers";
    return html`
      <p class="status ${isWell ? "good" : "bad"}" data-found=${found}>
        ${this.say(`found_${found}`)} ${why ? this.words.say(whyKey(why)) : nothing}
        ${isWell && this.courier.reach === "nothing" ? this.say("found_inside") : nothing}
      </p>
    `;
  }

  async #test(): Promise<void> {
    this.busy = true;
    this.tried = undefined;
    await this.act(async () => {
      this.tried = await this.access.test(this.building.building, this.courier.courier);
    });
    this.busy = false;
  }
}
