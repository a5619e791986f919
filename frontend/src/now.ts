/** The doors, whether couriers may come in, who is expected, and the pause. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import type { Door, Resident } from "./model";
import { mine, View } from "./view";

@customElement("courier-access-now")
export class Now extends View {
  override render(): TemplateResult {
    return html`
      ${this.building.doors.map((door) => this.door(door))}
      ${this.building.pending_residents.map(
        (newcomer) => html`
          <section>
            <h2>${this.say("newcomer", { name: newcomer.name, unit: newcomer.unit })}</h2>
            <p>${this.say("newcomer_says")}</p>
            <button
              class="main"
              @click=${() =>
                this.act(
                  () => this.access.confirm(this.building.building, newcomer.resident),
                  this.say("newcomer_done", { name: newcomer.name }),
                )}
            >
              ${this.say("newcomer_confirm")}
            </button>
          </section>
        `,
      )}
      ${mine(this.building).map((resident) => this.unit(resident))} ${this.whole()}
    `;
  }

  private door(door: Door): TemplateResult {
    const lock = door.lock === null ? undefined : this.home.states[door.lock];
    const state = lock?.state ?? "unavailable";
    const known = ["locked", "unlocked", "unlocking", "locking", "jammed", "open", "opening"];
    const by = lock?.attributes.changed_by;
    return html`
      <section>
        <h2>${door.name}</h2>
        <p class="status ${state === "locked" ? "good" : "bad"}" data-door=${door.door} data-state=${state}>
          <strong>${this.say(`door_${known.includes(state) ? state : "unavailable"}`)}</strong>
        </p>
        ${by ? html`<p class="soft">${this.say("door_by", { courier: by })}</p>` : nothing}
        ${door.codes_off
          ? html`<p>${this.say("codes_off")}</p>
              <button
                @click=${() =>
                  this.act(
                    () => this.access.turnCodesOn(this.building.building, door.door),
                    this.say("codes_on"),
                  )}
              >
                ${this.say("turn_codes_on")}
              </button>`
          : nothing}
      </section>
    `;
  }

  private unit(resident: Resident): TemplateResult {
    const { building } = this.building;
    const paused = resident.unit_paused_until;
    return html`
      <section>
        <h2>${this.say("unit", { unit: resident.unit })}</h2>
        <div class="status ${resident.shut === null ? "good" : "bad"}" data-shut=${resident.shut ?? ""}>
          <strong>${this.words.say(resident.shut === null ? "page_open" : "page_shut")}</strong>
          <p>
            ${resident.shut === null
              ? this.words.say("page_open_says")
              : this.words.say(`page_shut_${resident.shut}`)}
          </p>
          ${resident.next_change
            ? html`<p class="soft">
                ${this.say("next_change", { time: this.words.moment(resident.next_change) })}
              </p>`
            : nothing}
        </div>
        ${resident.waits_for_confirmation
          ? nothing
          : html`<p>
              ${paused
                ? html`${this.words.say("page_unit_paused", { until: this.words.moment(paused) })}
                    <button
                      class="main"
                      @click=${() =>
                        this.act(
                          () => this.access.resume(building, resident.unit),
                          this.words.say("page_said_resume_unit"),
                        )}
                    >
                      ${this.words.say("page_resume_unit")}
                    </button>`
                : html`${this.words.say("page_stop_unit_says")}<br />
                    <button
                      class="stop"
                      @click=${() =>
                        this.act(
                          () => this.access.pause(building, resident.unit),
                          this.words.say("page_said_pause_unit"),
                        )}
                    >
                      ${this.words.say("page_pause_unit")}
                    </button>`}
            </p>`}
      </section>
    `;
  }

  private whole(): TemplateResult {
    const { building, paused_until: paused } = this.building;
    return html`
      <section>
        <h2>${this.say("whole")}</h2>
        ${paused
          ? html`<p class="status bad">
                ${this.words.say("page_building_paused", { until: this.words.moment(paused) })}
              </p>
              <button
                class="main"
                @click=${() =>
                  this.act(() => this.access.resume(building), this.words.say("page_said_resume_building"))}
              >
                ${this.words.say("page_resume_building")}
              </button>`
          : html`<p>${this.words.say("page_stop_building_says")}</p>
              <button
                class="stop"
                @click=${() =>
                  this.act(() => this.access.pause(building), this.words.say("page_said_pause_building"))}
              >
                ${this.words.say("page_pause_building")}
              </button>`}
      </section>
    `;
  }
}
