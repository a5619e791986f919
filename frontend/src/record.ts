/** The access log: its check, and its downloads. */

import { css, html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";

import "./check";
import "./fleet-visits";
import { button } from "./controls";
import type { Entry, Notified } from "./model";
import { shared } from "./style";
import { mine, openPage, seenBy, View } from "./view";

const MOST_ENTRIES = 500;

@customElement("courier-access-record")
export class RecordView extends View {
  static override styles: CSSResultGroup = [
    shared,
    css`
      .ends {
        align-items: end;
      }
      progress {
        flex: 1;
        max-inline-size: 20rem;
        accent-color: var(--primary-color);
      }
    `,
  ];

  /** The download under way, by the key of its button's words. */
  @state() private taking = "";
  /** How much of it has come, from 0 to 1; undefined until that is known. */
  @state() private come: number | undefined;

  override render(): TemplateResult {
    return html`
      <courier-access-check ${seenBy(this)}></courier-access-check>
      <section>
        <h2>${this.words.say("panel_erasing")}</h2>
        ${this.#erased()}
      </section>
      <section>
        <h2>${this.words.say("page_take")}</h2>
        <p>${this.words.say("page_log_kept", { months: this.building.log_months })}</p>
        <ul>
          ${(
            [
              ["page_take_entries_says", "page_take_entries_link", () => this.#takeSheet()],
              ["page_take_says", "page_take_link", () => this.#takeRecord()],
              ["page_take_verifier_says", "page_take_verifier_link", () => this.#takeVerifier()],
            ] as const
          ).map(
            ([says, name, take]) => html`
              <li>
                <p>${this.words.say(says)}</p>
                ${button(this.words.say(name), () => void this.#working(name, take), { disabled: this.taking !== "" })}
                ${this.taking === name ? this.#progress(this.words.say(name)) : nothing}
              </li>
            `,
          )}
        </ul>
      </section>
      ${mine(this.building).map(
        (resident, _, { length }) => html`
          <courier-access-fleet-visits
            ${seenBy(this)}
            .resident=${resident}
            ?named=${length > 1}
          ></courier-access-fleet-visits>
        `,
      )}
      ${mine(this.building).length > 0 ? this.#aboutMe() : nothing}
    `;
  }

  /** When details are erased, which the residents of each home choose. */
  #erased(): TemplateResult | TemplateResult[] {
    const own = mine(this.building);
    const { retention_days: rules, proof_days: proof } = this.building;
    const says = (days: number) => html`<p>${this.words.say("page_erased_after", { days, rules, proof })}</p>`;
    if (own.length === 0) return says(rules);
    return own.map(({ resident, unit, erasure, waits_for_confirmation: waits }) => {
      const of = own.length > 1 ? html`<h3>${this.words.say("panel_unit", { unit })}</h3>` : nothing;
      const { days, chosen } = erasure ?? { days: rules, chosen: null };
      const label = this.words.say("page_erasure");
      if (waits) return html`${of}${says(days)}`;
      return html`
        ${of}${says(days)}
        <form class="row ends" @submit=${(event: SubmitEvent) => void this.#choose(event, resident)}>
          <label class="field"
            >${label}
            <input type="number" name="days" min="7" max="90" inputmode="numeric" .value=${live(String(chosen ?? ""))}
          /></label>
          ${button(this.words.say("panel_save"), undefined, { submits: true, name: `${label}: ${this.words.say("panel_save")}` })}
        </form>
        <p class="soft">${this.words.say("page_erasure_says")}</p>
      `;
    });
  }

  async #choose(event: SubmitEvent, resident: string): Promise<void> {
    event.preventDefault();
    const days = Number(new FormData(event.target as HTMLFormElement).get("days")) || undefined;
    await this.act(() => this.access.chooseErasure(this.building.building, resident, days), this.words.say("page_said_choose_erasure"));
  }

  /** The page that only the resident can open, for each home of the user. */
  #aboutMe(): TemplateResult {
    const own = mine(this.building);
    return html`
      <section>
        <h2>${this.words.say("page_about_open")}</h2>
        <p>${this.words.say("page_about_says")}</p>
        <p class="row">
          ${own.map(({ resident, unit }) =>
            button(
              own.length > 1 ? this.words.say("panel_unit", { unit }) : this.words.say("page_about_open"),
              () => void this.act(() => openPage(this.access.aboutMe(this.building.building, resident))),
            ),
          )}
        </p>
      </section>
    `;
  }

  #progress(name: string): TemplateResult {
    const percent = new Intl.NumberFormat(this.words.language, { style: "percent" });
    return html`
      <p class="row">
        <progress aria-label=${name} value=${this.come ?? nothing}></progress>
        ${this.come === undefined ? nothing : percent.format(this.come)}
      </p>
    `;
  }

  async #takeSheet(): Promise<void> {
    const pieces: string[] = [];
    let first: number | undefined;
    let before: number | undefined;
    do {
      const page = await this.access.sheet(this.building.building, this.words.language, before);
      pieces.push(page.csv);
      before = page.next ?? undefined;
      // The newest record's number isn't known, but only one page is newer than this one.
      first ??= before;
      if (first !== undefined) this.come = 1 - (before ?? 0) / first;
    } while (before !== undefined);
    save("courier-access.csv", "text/csv", pieces);
  }

  /** Gather what `verify_record.py` takes, in the form of the personal page's download. */
  async #takeRecord(): Promise<void> {
    const { building, name } = this.building;
    let page = await this.access.records(building, 0);
    const { sealed } = page;
    const upTo = page.head.record;
    const share = (record: number) => record / Math.max(upTo, 1);
    const entries: Entry[] = [];
    let before: number | null = upTo + 1;
    while (before !== null) {
      const read = await this.access.entries(building, { limit: MOST_ENTRIES, before });
      entries.push(...(await this.#withNotifications(read.entries)));
      before = read.next;
      this.come = (1 - share(before ?? 0)) / 2;
    }
    const records = [...page.records];
    while (page.next !== null) {
      page = await this.access.records(building, page.next);
      // Older records were deleted meanwhile, so these pages don't fit together.
      if (page.sealed !== sealed) return this.#takeRecord();
      records.push(...page.records);
      this.come = (1 + share(page.next ?? upTo)) / 2;
    }
    const whole = {
      about: this.words.say("page_take_says"),
      building: name,
      driver_notes: Object.fromEntries(mine(this.building).flatMap(({ unit, note }) => (note ? [[unit, note]] : []))),
      exported_at: new Date().toISOString(),
      entries_up_to: upTo,
      sealed,
      entries,
      records,
      head: page.head,
    };
    save("courier-access.json", "application/json", [JSON.stringify(whole, null, 1)]);
  }

  async #withNotifications(entries: Entry[]): Promise<(Entry & { notifications?: Notified[] })[]> {
    const { building, is_owner: isOwner } = this.building;
    if (!isOwner) return entries;
    const ids = entries.map((entry) => entry.entry_id);
    const found = await this.access.notifications(building, ids);
    return entries.map((entry) => ({ ...entry, notifications: found[entry.entry_id] ?? [] }));
  }

  async #takeVerifier(): Promise<void> {
    const { name, program } = await this.access.verifier(this.building.building);
    save(name, "text/x-python", [program]);
  }

  async #working(name: string, work: () => Promise<void>): Promise<void> {
    this.taking = name;
    this.come = undefined;
    await this.act(work);
    this.taking = "";
  }
}

function save(name: string, type: string, pieces: string[]): void {
  const address = URL.createObjectURL(new Blob(pieces, { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
