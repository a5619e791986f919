/** The address code of a resident's home: whether there is one, and a new one, shown once. */

import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { button } from "./controls";
import { group } from "./group";
import type { Resident } from "./model";
import { View } from "./view";

@customElement("courier-access-address-code")
export class AddressCode extends View {
  static override styles = [
    View.styles,
    css`
      .code {
        font-size: 1.6rem;
        font-weight: 500;
        letter-spacing: 0.12em;
      }
    `,
  ];

  @property({ attribute: false }) resident!: Resident;
  @state() private code = "";

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("resident");
    if (before && before.resident !== this.resident.resident) this.code = "";
  }

  override render(): TemplateResult {
    const has = this.resident.has_address_code;
    return group(
      this.say("address_code"),
      has ? this.say("address_code_set") : this.say("address_code_not_set"),
      html`
        <p class="soft">${this.say("address_code_says")}</p>
        ${this.code
          ? html`<div role="status">
              <p class="code">${this.code}</p>
              <p>${this.say("address_code_new")}</p>
            </div>`
          : html`<p>${has ? this.say("address_code_has") : this.say("address_code_none")}</p>`}
        ${button(this.say("renew"), () => void this.#renew())}
      `,
    );
  }

  async #renew(): Promise<void> {
    await this.act(async () => {
      const made = await this.access.renewAddressCode(this.building.building, this.resident.resident);
      this.code = made.address_code;
    });
  }
}
