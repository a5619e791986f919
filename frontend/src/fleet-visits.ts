/** Which visits go to the fleet, from when, and whether those to a resident's home do. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { button } from "./controls";
import { group } from "./group";
import type { FleetVisits, Resident } from "./model";
import { View } from "./view";

@customElement("courier-access-fleet-visits")
export class FleetVisitsView extends View {
  @property({ attribute: false }) resident!: Resident;
  /** Whether the reader has several homes here, so that each is named. */
  @property({ type: Boolean }) named = false;

  override render(): TemplateResult | typeof nothing {
    const { resident, words } = this;
    const visits = resident.fleet_visits;
    if (!visits) return nothing;
    const said = (key: string, values?: Record<string, string | number>) => words.say(`page_visits_${key}`, values);
    const { asks, home_objects: isOut, objects, longer_days: days } = visits;
    const time = visits.begins_at && words.moment(visits.begins_at);
    const goes = this.#goes(visits, time);
    const longer = asks ? "longer_asked" : time ? "longer" : "longer_waits";
    const state = asks ? "" : isOut ? "out" : visits.has_begun ? "sent" : "";
    // One household that didn't answer objects already, and is asked again to keep visits for longer.
    const isOpen = asks && objects === null && isOut;
    const mayAllow = asks ? (isOut && objects !== false) || days !== null : objects;
    const choice = (label: string, objects: boolean) => button(label, () => void this.#choose(objects));
    const title = words.say("notification_title_fleet_visits_chosen");
    return group(
      this.named ? `${title}: ${resident.unit}` : title,
      state ? said(state) : goes,
      html`
        <p>${said("what", { fleet: visits.fleet, days: visits.keep_days })}</p>
        <p>${goes}</p>
        ${days ? html`<p>${said(longer, { time: time ?? "", days })}</p>` : nothing}
        ${state ? html`<p>${said(state)}</p>` : nothing}
        ${resident.waits_for_confirmation
          ? nothing
          : html`<p class="row">
              ${mayAllow ? choice(said(asks ? "yes" : "back"), false) : nothing}
              ${objects || isOpen ? nothing : choice(asks ? said("no") : words.say("notification_action_object"), true)}
            </p>`}
        <p class="soft">${said(asks ? "asked_says" : "says")}</p>
      `,
    );
  }

  /** Whether visits go there now, or from when, or what they wait for. */
  #goes({ asks, has_begun, home_objects }: FleetVisits, time: string | null): string {
    const goes = asks ? (home_objects ? "asked" : "begun") : has_begun ? "begun" : time ? "begins" : "waits";
    return this.words.say(`page_visits_${goes}`, { time: time ?? "" });
  }

  async #choose(objects: boolean): Promise<void> {
    await this.act(
      () => this.access.chooseFleetVisits(this.building.building, this.resident.resident, objects),
      this.words.say("page_said_choose_visits"),
    );
  }
}
