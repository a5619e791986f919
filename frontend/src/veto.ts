/** The reader's last word on a delivery to their home: a veto, which is asked about first, or a call to cancel their own. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { button, dialog, focusOn } from "./controls";
import type { Delivery } from "./model";
import { View } from "./view";

@customElement("courier-access-veto")
export class Veto extends View {
  @property({ attribute: false }) delivery!: Delivery;

  @state() private asks = false;

  override render(): TemplateResult {
    if (this.delivery.is_mine) return this.stop(this.words.say("page_cancel"), () => void this.cancel());
    const close = () => {
      this.asks = false;
      void focusOn(this.renderRoot.querySelector("ha-button, button"));
    };
    return html`
      ${this.stop(this.words.say("notification_action_veto"), () => (this.asks = true))}
      ${this.asks
        ? dialog(
            this.words.say("page_veto"),
            html`<p>${this.say("veto_sure")}</p>`,
            {
              main: button(this.say("veto_yes"), () => void this.forbid(), { kind: "stop" }),
              other: button(this.say("cancel"), close, { kind: "text" }),
            },
            close,
          )
        : nothing}
    `;
  }

  private stop(what: string, act: () => void): TemplateResult {
    return button(what, act, { kind: "stop", name: `${what}: ${this.delivery.courier}` });
  }

  private async cancel(): Promise<void> {
    const { courier_id: courier, grant_id: grant } = this.delivery;
    if (courier === undefined || grant === undefined) return;
    const deed = () => this.access.revoke(this.building.building, courier, grant);
    await this.act(deed, this.words.say("page_said_cancel"));
  }

  private async forbid(): Promise<void> {
    const { courier_id: courier, grant_id: grant, units } = this.delivery;
    this.asks = false;
    if (courier === undefined || grant === undefined) return;
    for (const unit of units ?? []) {
      const deed = () => this.access.veto(this.building.building, courier, grant, unit);
      if (!(await this.act(deed, this.words.say("page_said_veto")))) return;
    }
  }
}
