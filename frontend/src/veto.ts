/** The reader's last word on a delivery to their home: a veto, which is asked about first, or a call to cancel their own. */

import { html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Delivery } from "./model";
import { View } from "./view";

@customElement("courier-access-veto")
export class Veto extends View {
  @property({ attribute: false }) delivery!: Delivery;

  @state() private asks = false;

  override render(): TemplateResult {
    if (this.delivery.is_mine)
      return html`<button class="stop" @click=${() => this.cancel()}>${this.words.say("page_cancel")}</button>`;
    if (!this.asks)
      return html`<button class="stop" @click=${() => (this.asks = true)}>${this.words.say("page_veto")}</button>`;
    return html`
      <p role="alert">${this.say("veto_sure")}</p>
      <div class="row">
        <button class="stop" @click=${() => this.forbid()}>${this.say("veto_yes")}</button>
        <button @click=${() => (this.asks = false)}>${this.say("cancel")}</button>
      </div>
    `;
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
