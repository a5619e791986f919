/** The record: checked in the house, and taken home to be checked elsewhere. */

import { html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { Entry, Verified } from "./model";
import { View } from "./view";

const MOST_ENTRIES = 500;

@customElement("courier-access-record")
export class RecordView extends View {
  @state() private found: Verified | undefined;
  @state() private busy = false;

  override render(): TemplateResult {
    return html`
      <section>
        <h2>${this.words.say("page_check")}</h2>
        <p>${this.words.say("page_check_says")}</p>
        <label for="notice">${this.words.say("page_check_notice")}</label>
        <textarea id="notice" rows="2" autocomplete="off"></textarea>
        <button class="main" ?disabled=${this.busy} @click=${() => this.check()}>
          ${this.words.say("page_check_button")}
        </button>
        <div role="status">${this.found ? this.answer(this.found) : ""}</div>
      </section>
      <section>
        <h2>${this.words.say("page_take")}</h2>
        <p>${this.words.say("page_erased_after", { days: this.building.retention_days })}</p>
        <div class="row">
          ${(
            [
              ["page_take_entries_link", () => this.takeSheet()],
              ["page_take_link", () => this.takeRecord()],
              ["page_take_verifier_link", () => this.takeVerifier()],
            ] as const
          ).map(
            ([name, take]) =>
              html`<button ?disabled=${this.busy} @click=${() => this.working(take)}>
                ${this.words.say(name)}
              </button>`,
          )}
        </div>
      </section>
    `;
  }

  private answer(found: Verified): TemplateResult {
    return html`
      <p class="status ${found.intact ? "good" : "bad"}">
        ${found.intact
          ? this.words.say("page_checked_intact", { count: found.records })
          : this.words.say("page_checked_broken", { record: found.broken_at ?? 0 })}
      </p>
      ${found.notices
        ? found.notices.map(
            ({ record, standing }) => html`
              <p class="status ${standing === "unchanged" ? "good" : "bad"}">
                ${this.words.say(`page_standing_${standing}`, { record })}
              </p>
            `,
          )
        : html`<p class="soft">${this.words.say("page_checked_alone")}</p>`}
    `;
  }

  private async check(): Promise<void> {
    const field = this.renderRoot.querySelector("textarea");
    await this.working(async () => {
      this.found = undefined;
      this.found = await this.access.verify(this.building.building, field?.value.trim() ?? "");
    });
  }

  private async takeSheet(): Promise<void> {
    const pieces: string[] = [];
    let before: number | undefined;
    do {
      const page = await this.access.sheet(this.building.building, this.words.language, before);
      pieces.push(page.csv);
      before = page.next ?? undefined;
    } while (before !== undefined);
    save("courier-access.csv", "text/csv", pieces);
  }

  /** Gather what `verify_record.py` takes, in the form of the personal page's download. */
  private async takeRecord(): Promise<void> {
    const { building, name } = this.building;
    let page = await this.access.records(building, 0);
    const upTo = page.head.record;
    const entries: Entry[] = [];
    let before: number | null = upTo + 1;
    while (before !== null) {
      const told = await this.access.entries(building, { limit: MOST_ENTRIES, before });
      entries.push(...told.entries);
      before = told.next;
    }
    const records = [...page.records];
    while (page.next !== null) {
      page = await this.access.records(building, page.next);
      records.push(...page.records);
    }
    const whole = {
      about: this.words.say("page_take_says"),
      building: name,
      exported_at: new Date().toISOString(),
      entries_up_to: upTo,
      entries,
      records,
      head: page.head,
    };
    save("courier-access.json", "application/json", [JSON.stringify(whole, null, 1)]);
  }

  private async takeVerifier(): Promise<void> {
    const { name, program } = await this.access.verifier(this.building.building);
    save(name, "text/x-python", [program]);
  }

  private async working(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    await this.act(work);
    this.busy = false;
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
