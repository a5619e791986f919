/** The reader's last word on a delivery to their home: a veto, or a call to cancel their own. */

import { html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import "./sure";
import type { Delivery } from "./model";
import { seenBy, View } from "./view";

@customElement("courier-access-veto")
export class Veto extends View {
  @property({ attribute: false }) delivery!: Delivery;

  override render(): TemplateResult {
    const { is_mine: isMine, courier } = this.delivery;
    const label = this.words.say(isMine ? "page_cancel" : "notification_action_veto");
    return html`<courier-access-sure
      ${seenBy(this)}
      .label=${label}
      .heading=${this.words.say(isMine ? "page_cancel" : "page_veto")}
      .about=${courier}
      .says=${this.words.say(isMine ? "panel_cancel_sure" : "panel_veto_sure")}
      .yes=${isMine ? label : this.say("veto_yes")}
      .deed=${() => void (isMine ? this.#cancel() : this.#forbid())}
    ></courier-access-sure>`;
  }

  async #cancel(): Promise<void> {
    const { courier_id: courier, grant_id: grant } = this.delivery;
    if (courier === undefined || grant === undefined) return;
    const deed = () => this.access.revoke(this.building.building, courier, grant);
    await this.act(deed, this.words.say("page_said_cancel"));
  }

  async #forbid(): Promise<void> {
    const { courier_id: courier, grant_id: grant, units } = this.delivery;
    if (courier === undefined || grant === undefined) return;
    for (const unit of units ?? []) {
      const deed = () => this.access.veto(this.building.building, courier, grant, unit);
      if (!(await this.act(deed, this.words.say("page_said_veto")))) return;
    }
  }
}
