/** One visit: its line in the list, and all that is known of it in a dialog. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { alert, type AlertKind, button, dialog, loading } from "./controls";
import type { Words } from "./home";
import { icon, type Icon } from "./icon";
import type { Entry, Notified, Verified } from "./model";
import { copy } from "./pass";
import { happened, resultOf, type Result } from "./pages";
import { openPage, View } from "./view";

const VERDICTS: Readonly<Record<string, AlertKind>> = { unchanged: "success", older: "info" };
const ICONS: Readonly<Record<Result, Icon>> = { admitted: "check", refused: "remove", unknown: "unknown" };

/** What an entry's line says beneath the courier: why it was refused, or what the door did if that isn't plain. */
function beneath(words: Words, { decision, reason, outcome, door }: Entry): string {
  const said = {
    refused: words.say(`notification_reason_${reason}`),
    observed: words.say("csv_observed"),
    admitted: outcome === null || outcome === "opened" ? "" : words.say(`csv_${outcome}`),
  }[decision];
  return [door, said].filter(Boolean).join(" · ");
}

export function line(words: Words, entry: Entry, open: () => void): TemplateResult {
  const result = resultOf(entry);
  return html`
    <button class="visit" @click=${open}>
      <span class="result ${result}">${icon(ICONS[result])}</span>
      <span class="grow">
        <span class="first">
          <span class="quiet">${words.say(`csv_${entry.decision}`)}</span>
          <strong>${entry.courier}</strong>
          <time class="soft" datetime=${entry.at}>${words.time(entry.at)}</time>
        </span>
        <span class="soft beneath">
          ${entry.units?.length ? html`<span class="yours">${words.say("panel_yours")}</span>` : nothing}
          ${beneath(words, entry)}
          ${entry.picture ? html`${icon("picture")}<span class="quiet">${words.say("panel_picture")}</span>` : nothing}
        </span>
      </span>
    </button>
  `;
}

export const lineStyles = css`
  .visit {
    display: flex;
    gap: 12px;
    align-items: center;
    width: 100%;
    border-radius: 8px;
    padding: 8px 0;
    background: none;
    color: inherit;
    font-size: 1rem;
    font-weight: 400;
    line-height: 1.4;
    text-align: start;
  }
  .result {
    display: grid;
    place-items: center;
    flex: none;
    width: 36px;
    height: 36px;
    border-radius: 50%;
    --calm: var(--secondary-text-color);
    color: var(--calm);
    background: color-mix(in srgb, var(--calm) 14%, transparent);
  }
  .result.admitted {
    --calm: var(--success-color);
  }
  .result.unknown {
    --calm: var(--info-color);
  }
  .result svg {
    width: 20px;
    height: 20px;
  }
  .beneath {
    display: block;
    overflow-wrap: anywhere;
  }
  .beneath svg {
    width: 18px;
    height: 18px;
    vertical-align: middle;
  }
  .first {
    display: flex;
    gap: 8px;
    align-items: baseline;
  }
  .first time {
    flex: none;
    margin-inline-start: auto;
  }
  .yours {
    color: var(--primary-text-color);
    border-radius: 10px;
    padding: 0 8px;
    font-size: 0.85rem;
    background: color-mix(in srgb, var(--primary-color) 20%, transparent);
  }
`;

/** A verification code as notifications write it. */
const grouped = (code: string) => code.replace(/.{4}(?=.)/g, "$& ");

@customElement("courier-access-visit")
export class Visit extends View {
  static override styles = [
    View.styles,
    css`
      img {
        display: block;
        width: 100%;
        max-height: 60vh;
        /* Until it is loaded, room as most cameras need it. */
        aspect-ratio: auto 16 / 9;
        object-fit: contain;
        border-radius: 8px;
      }
    `,
  ];

  @property({ attribute: false }) entry!: Entry;

  /** The verification code of the visit's record. */
  @state() private code = "";
  @state() private found: Verified | undefined;
  @state() private busy = false;
  /** Where the picture is loaded from, as long as it can be. */
  @state() private picture: string | undefined;
  /** What became of residents' notifications; undefined until they are read. */
  @state() private notified: Notified[] | undefined;
  /** Why they couldn't be read. */
  @state() private failure = "";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read();
  }

  async #read(): Promise<void> {
    try {
      this.code = await this.access.code(this.building.building, this.entry.record);
    } catch {
      // A visit can be read without its code.
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("entry")) return;
    const { picture } = this.entry;
    if (changed.get("entry")?.picture !== picture) void this.#find(picture);
    if (this.#readsNotifications) void this.#readNotifications();
  }

  /** Those of a refused visit are for their recipients only. */
  get #readsNotifications(): boolean {
    return this.building.is_owner && this.entry.decision !== "refused";
  }

  /** Read them for the first time, or again if there is news: what is shown stays until then. */
  async #readNotifications(): Promise<void> {
    const { entry } = this;
    this.failure = "";
    try {
      const found = await this.access.notifications(this.building.building, [entry.entry_id]);
      if (entry === this.entry) this.notified = found[entry.entry_id] ?? [];
    } catch (error) {
      if (entry === this.entry) this.failure = this.words.refusal(error);
    }
  }

  async #find(picture: Entry["picture"]): Promise<void> {
    this.picture = undefined;
    if (!picture) return;
    try {
      const found = await this.access.picture(picture);
      if (this.entry.picture === picture) this.picture = found;
    } catch {
      // A visit can be read without its picture.
    }
  }

  override render(): TemplateResult {
    const close = () => this.raise("ca-close");
    const verify = button(this.say("verify"), () => void this.#verify(), { disabled: this.busy || !this.code });
    const actions = { main: verify, other: button(this.say("close"), close, { kind: "text" }) };
    return dialog(this.entry.courier, this.#details(), actions, close);
  }

  #details(): TemplateResult {
    const { entry, words } = this;
    return html`
      <p>
        ${words.say(`notification_${happened(entry)}`, {
          courier: entry.courier,
          door: entry.door,
          time: words.moment(entry.at),
        })}
        ${this.building.is_one_home ? nothing : entry.units?.map((unit) => words.say("notification_unit", { unit })).join(" ")}
      </p>
      ${this.picture
        ? html`<img src=${this.picture} alt=${this.say("picture")} @error=${() => (this.picture = undefined)} />`
        : nothing}
      ${entry.decision === "refused" ? html`<p>${words.say(`notification_reason_${entry.reason}`)}</p>` : nothing}
      ${entry.proof === null || entry.proof === "signed"
        ? nothing
        : html`<p>${words.say(`notification_proof_${entry.proof}`)}</p>`}
      ${entry.parcel_ref ? html`<p>${words.say("notification_parcel", { parcel: entry.parcel_ref })}</p>` : nothing}
      ${entry.driver_ref ? html`<p>${words.say("csv_driver")}: ${entry.driver_ref}</p>` : nothing}
      ${entry.details_erased ? html`<p class="soft">${words.say("page_erased")}</p>` : nothing}
      ${entry.repeats > 0 ? html`<p>${words.say("page_repeats", { count: entry.repeats })}</p>` : nothing}
      ${entry.completed_at
        ? html`<p>${this.say("completed", { time: words.moment(entry.completed_at) })}</p>`
        : nothing}
      ${this.#readsNotifications ? this.#notifications() : nothing}
      <p class="soft receipt">
        ${this.say("receipt", { record: entry.record })}${this.code ? ` · ${grouped(this.code)}` : nothing}
      </p>
      <p class="row">
        ${button(this.say("copy_receipt"), () => void this.#copy(), { kind: "text", disabled: !this.code })}
        ${button(words.say("page_print"), () => void this.act(() => openPage(this.access.visitPage(this.building.building, entry.record))), {
          kind: "text",
        })}
      </p>
      ${this.found ? this.#verdict(this.found) : nothing}
    `;
  }

  #notifications(): TemplateResult | TemplateResult[] {
    if (this.failure)
      return alert("error", this.failure, button(this.words.say("page_door_look"), () => void this.#readNotifications()));
    if (!this.notified) return loading(this.say("loading"));
    return this.notified.map(
      ({ resident, reached }) =>
        html`<p class="soft">${resident ?? "–"}: ${reached ? this.say("reached") : this.say("not_reached")}</p>`,
    );
  }

  #verdict({ intact, broken_at: broken, notifications = [] }: Verified): TemplateResult {
    return html`
      ${intact ? nothing : alert("error", this.words.say("page_checked_broken", { record: broken ?? 0 }))}
      ${notifications.map(({ record, standing }) =>
        alert(VERDICTS[standing] ?? "error", this.words.say(`page_standing_${standing}`, { record })),
      )}
    `;
  }

  /** Copy number and code alone: this is what somebody keeps. */
  #copy(): Promise<boolean> {
    return this.act(() => copy(`${this.entry.record} · ${grouped(this.code)}`), this.say("copied"));
  }

  async #verify(): Promise<void> {
    this.busy = true;
    await this.act(async () => {
      this.found = undefined;
      this.found = await this.access.verify(this.building.building, `${this.entry.record} · ${this.code}`);
    });
    this.busy = false;
  }
}
