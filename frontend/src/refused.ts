/** What would refuse a delivery, and beside it what its reader can do about that. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { alert, button } from "./controls";
import { MS_OF_DAY } from "./days";
import { saidRefused } from "./deciding";
import type { Delivery, Resident } from "./model";
import { openOnce } from "./once";
import { mine, View } from "./view";

@customElement("courier-access-refused")
export class Refused extends View {
  @property({ attribute: false }) delivery!: Delivery;

  /** Where the pause and its end are shown, too. */
  @property({ type: Boolean }) besidePause = false;

  @state() private busy = false;

  override render(): TemplateResult | typeof nothing {
    const { refused } = this.delivery;
    if (!refused) return nothing;
    return html`${alert("warning", saidRefused(this.words, refused))} ${this.#remedy(refused.layer)}`;
  }

  #remedy(layer: string): TemplateResult | typeof nothing {
    const resident = this.#resident;
    switch (layer) {
      case "building_paused":
        return this.#resume("building");
      case "unit_paused":
        return this.#resume("unit");
      case "nobody_consents":
      case "withdrawn":
        return resident && resident.consent !== "given"
          ? this.toDecision
          : nothing;
      case "outside_hours":
        return resident?.consent === "given" ? this.#once(resident) : nothing;
      default:
        return nothing;
    }
  }

  get #resident(): Resident | undefined {
    const { units } = this.delivery;
    return mine(this.building).find((each) => !each.waits_for_confirmation && units?.includes(each.unit));
  }

  #resume(what: "building" | "unit"): TemplateResult | typeof nothing {
    if (this.besidePause) return nothing;
    const named = this.building.is_one_home ? "unit" : what;
    const unit = what === "unit" ? this.delivery.units?.[0] : undefined;
    const deed = () => this.access.resume(this.building.building, unit);
    const said = this.words.say(`page_said_resume_${named}`);
    return html`<p>
      ${button(this.words.say(`page_resume_${named}`), () => void this.act(deed, said), { disabled: this.busy })}
    </p>`;
  }

  /** Longer deliveries would open more than a day. */
  #once({ resident }: Resident): TemplateResult | typeof nothing {
    const { starts_at: start, ends_at: end } = this.delivery;
    if (Date.parse(end) - Date.parse(start) > MS_OF_DAY) return nothing;
    const span = this.words.span(start, end);
    return html`<p>
      ${button(this.say("open_once", { span }), () => void this.#open(resident, span), { disabled: this.busy })}
    </p>`;
  }

  async #open(resident: string, span: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const { starts_at, ends_at } = this.delivery;
    const undo = await openOnce(
      this.access,
      this.building.building,
      resident,
      { starts_at, ends_at },
      (error) => this.tell({ text: this.words.refusal(error) }),
    );
    this.busy = false;
    if (undo) this.tell({ text: this.say("opened_once", { span }), undo });
  }
}
