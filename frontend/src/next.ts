/** The next delivery to the reader's home: which, when, how long until then, and the veto. */

import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";

import "./refused";
import "./veto";
import { expecting, viewOf } from "./addresses";
import { button, focusOn } from "./controls";
import type { Delivery } from "./model";
import { accepts, mayExpect } from "./parcel";
import { isLeft, nextOf, saidOpens, startsIn, windowOf } from "./soon";
import { mine, seenBy, View } from "./view";

const COUNTS_SECONDS = 20;

@customElement("courier-access-next")
export class Next extends View {
  static override styles = [
    View.styles,
    css`
      .count {
        font-size: 1.5rem;
        line-height: 1.3;
      }
      :host(:not([flat])) .row {
        gap: 16px;
        margin-block-start: 12px;
      }
      .row .to {
        margin-block-end: 0;
      }
      :host([flat]) section {
        padding: 8px 16px;
        line-height: 1.3;
      }
      :host([flat]) :is(h3, p) {
        margin: 0;
      }
    `,
  ];

  /** On a card. */
  @property({ type: Boolean, reflect: true }) flat = false;

  #counting: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#counting = setInterval(() => this.requestUpdate(), COUNTS_SECONDS * 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#counting);
  }

  /** Go on here: with the form, or else with all deliveries. */
  async takeFocus(): Promise<void> {
    await this.updateComplete;
    await focusOn(this.renderRoot.querySelector("section > .row > *"));
  }

  override render(): TemplateResult | typeof nothing {
    const now = Date.now();
    const delivery = nextOf(this.building.expected, now);
    if (this.flat) return delivery ? this.#row(delivery, now) : nothing;
    return html`
      <section data-next=${delivery?.grant_id ?? nothing}>
        <h2>${this.say("next")}</h2>
        ${delivery ? this.#whole(delivery, now) : html`<p>${this.words.say("page_expected_none")}</p>`}
        <div class="row">
          ${this.#expect(delivery === undefined)}
          <a class="to" href=${viewOf(this.building, "deliveries")}>${this.say("next_all")}</a>
        </div>
      </section>
    `;
  }

  /** Somebody who expects nothing yet is here for this. */
  #expect(isMain: boolean): TemplateResult | typeof nothing {
    if (!mayExpect(this.building) || !mine(this.building).some(accepts)) return nothing;
    return button(this.words.say("page_expect"), undefined, {
      kind: isMain ? "main" : "plain",
      icon: "add",
      href: expecting(this.building),
    });
  }

  #whole(delivery: Delivery, now: number): TemplateResult {
    const { parcel_ref: parcel } = delivery;
    const opens = saidOpens(this.words, delivery);
    return html`
      <p><strong>${this.words.say("page_at", { courier: delivery.courier, door: delivery.door })}</strong></p>
      <p class="count">${this.#count(delivery, now)}</p>
      <p class="soft">
        ${this.words.span(delivery.starts_at, delivery.ends_at)}
        ${opens ? html`<br />${opens}` : nothing}
        ${parcel ? html`<br />${this.words.say("notification_parcel", { parcel })}` : nothing}
      </p>
      ${this.#refused(delivery)} ${this.#veto(delivery)}
    `;
  }

  /** On a card: all of it in one row. */
  #row(delivery: Delivery, now: number): TemplateResult {
    return html`
      <section data-next=${delivery.grant_id ?? nothing}>
        <div class="row">
          <div class="grow">
            <h3>${delivery.courier}</h3>
            <p>${this.#count(delivery, now)} <span class="soft">· ${windowOf(this.words, delivery, now)}</span></p>
          </div>
          ${this.#veto(delivery)}
        </div>
        ${this.#refused(delivery)}
      </section>
    `;
  }

  #refused(delivery: Delivery): TemplateResult | typeof nothing {
    if (!delivery.refused) return nothing;
    return html`<courier-access-refused
      ${seenBy(this)}
      .delivery=${delivery}
      .besidePause=${true}
    ></courier-access-refused>`;
  }

  #count(delivery: Delivery, now: number): string {
    const { language } = this.words;
    return startsIn(delivery, now, language) ?? this.say("next_left", { left: isLeft(delivery, now, language) });
  }

  #veto(delivery: Delivery): TemplateResult {
    return html`${keyed(
      `${delivery.courier_id} ${delivery.grant_id}`,
      html`<courier-access-veto
        ${seenBy(this)}
        .delivery=${delivery}
      ></courier-access-veto>`,
    )}`;
  }
}
