/** The next delivery to the reader's home: which, when, how long until then, and the veto. */

import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";

import "./veto";
import { isLeft, nextOf, startsIn } from "./soon";
import { View } from "./view";

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
    `,
  ];

  private counting: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.counting = setInterval(() => this.requestUpdate(), COUNTS_SECONDS * 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.counting);
  }

  override render(): TemplateResult {
    const now = Date.now();
    const delivery = nextOf(this.building.expected, now);
    const all = `/courier-access/deliveries?building=${this.building.building}`;
    if (!delivery)
      return html`<section>
        <h2>${this.say("next")}</h2>
        <p>${this.words.say("page_expected_none")}</p>
        <p><a class="to" href=${all}>${this.say("next_all")}</a></p>
      </section>`;
    const { language } = this.words;
    return html`
      <section data-next=${delivery.grant_id ?? ""}>
        <h2>${this.say("next")}</h2>
        <p><strong>${this.words.say("page_at", { courier: delivery.courier, door: delivery.door })}</strong></p>
        <p class="count">
          ${startsIn(delivery, now, language) ?? this.say("next_left", { left: isLeft(delivery, now, language) })}
        </p>
        <p class="soft">
          ${this.words.span(delivery.starts_at, delivery.ends_at)}
          ${delivery.parcel_ref ? html`<br />${this.words.say("notification_parcel", { parcel: delivery.parcel_ref })}` : nothing}
        </p>
        ${keyed(
          `${delivery.courier_id} ${delivery.grant_id}`,
          html`<courier-access-veto
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
            .delivery=${delivery}
          ></courier-access-veto>`,
        )}
        <p><a class="to" href=${all}>${this.say("next_all")}</a></p>
      </section>
    `;
  }
}
