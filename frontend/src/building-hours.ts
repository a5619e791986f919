/** The building's own hours, which only restrict. They are saved when an administrator says so, because that reloads the building. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import "./week-grid";
import { alert, button } from "./controls";
import type { Named, Windows } from "./model";
import { isSameWeek } from "./owned";
import { seenBy, View } from "./view";
import { joined, read, write, type Span } from "./week";

@customElement("courier-access-building-hours")
export class BuildingHours extends View<Named> {
  /** The hours that the house has. */
  @property({ attribute: false }) kept: Windows = {};

  /** Those that are drawn and not kept yet. */
  @state() private drawn: Windows | undefined;
  @state() private busy = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("kept") && this.drawn && isSameWeek(this.drawn, this.kept)) this.drawn = undefined;
  }

  override render(): TemplateResult {
    const hours = this.drawn ?? this.kept;
    const isChanged = !isSameWeek(hours, this.kept);
    return html`
      <section aria-busy=${this.busy}>
        <h2>${this.say("building_hours")}</h2>
        <p class="soft">${this.say("building_hours_says")}</p>
        ${this.words.readerIsElsewhere
          ? alert("warning", this.say("elsewhere", { zone: this.words.zone }))
          : nothing}
        <courier-access-week
          ${seenBy(this)}
          .spans=${joined(read(hours))}
          @ca-week=${(event: CustomEvent<Span[]>) => (this.drawn = write(event.detail))}
        ></courier-access-week>
        ${Object.keys(hours).length ? nothing : html`<p>${this.say("building_hours_none")}</p>`}
        <div class="row">
          ${button(this.say("save"), () => void this.#keep(hours), { kind: "main", disabled: !isChanged || this.busy })}
          ${button(this.say("cancel"), () => (this.drawn = undefined), { kind: "text", disabled: !isChanged || this.busy })}
        </div>
      </section>
    `;
  }

  async #keep(hours: Windows): Promise<void> {
    const before = this.kept;
    this.busy = true;
    const isKept = await this.act(() => this.access.setHours(this.building.building, hours));
    this.busy = false;
    if (!isKept) return;
    this.kept = hours;
    this.drawn = undefined;
    this.tell({ text: this.say("kept", { what: this.say("building_hours") }), undo: () => void this.#keep(before) });
  }
}
