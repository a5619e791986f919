/** Checks the access log in Home Assistant. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { button } from "./controls";
import type { Named, Verified } from "./model";
import { View } from "./view";

/** How the verdict on a receipt is shown; any other is bad. A record that is older than the log can't be checked anymore. */
const MARK: Record<string, string> = { unchanged: "status good", older: "soft" };

@customElement("courier-access-check")
export class Check extends View<Named> {
  @state() private found: Verified | undefined;
  @state() private busy = false;
  /** How often it was asked: only the last answer counts. */
  #asked = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.isOther(changed)) return;
    this.#asked++;
    this.found = undefined;
    this.busy = false;
  }

  override render(): TemplateResult {
    return html`
      <section>
        <h2>${this.words.say("page_check")}</h2>
        <p>${this.words.say("page_check_says")}</p>
        <label for="notification">${this.words.say("page_check_notification")}</label>
        <textarea id="notification" rows="2" autocomplete="off"></textarea>
        ${button(this.words.say("page_check_button"), () => this.#check(), { disabled: this.busy })}
        <div role="status">${this.found ? this.#answer(this.found) : ""}</div>
      </section>
    `;
  }

  #answer(found: Verified): TemplateResult {
    return html`
      ${this.#record(found)}
      ${found.notifications
        ? found.notifications.map(
            ({ record, standing }) => html`
              <p class="${MARK[standing] ?? "status bad"}">
                ${this.words.say(`page_standing_${standing}`, { record })}
              </p>
            `,
          )
        : html`<p class="soft">${this.words.say("page_checked_alone")}</p>`}
    `;
  }

  #record(found: Verified): TemplateResult | typeof nothing {
    if (!found.intact)
      return html`<p class="status bad">
        ${this.words.say("page_checked_broken", { record: found.broken_at ?? 0 })}
      </p>`;
    // Next to a notification that doesn't match, it would read as an all-clear.
    if (found.notifications?.some(({ standing }) => !(standing in MARK))) return nothing;
    return html`<p class="status good">${this.words.say("page_checked_intact", { count: found.records })}</p>`;
  }

  async #check(): Promise<void> {
    const field = this.renderRoot.querySelector("textarea");
    const asked = ++this.#asked;
    this.busy = true;
    await this.act(async () => {
      this.found = undefined;
      const found = await this.access.verify(this.building.building, field?.value.trim() ?? "");
      if (asked === this.#asked) this.found = found;
    });
    if (asked === this.#asked) this.busy = false;
  }
}
