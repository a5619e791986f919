/** The text of a consent, and the buttons to give or refuse it. What is decided goes up as `ca-consent`. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import "./sure";
import { button } from "./controls";
import type { ConsentText, Decision, Resident, RulesChange } from "./model";
import { ACTS, endedBy, isKeptOut, lifts, saidShut } from "./said-rules";
import { seenBy, View } from "./view";

/** A resident's own no, and the one for the whole home. */
const REFUSALS: readonly Decision[] = ["opted_out", "withdrawn"];

@customElement("courier-access-consent")
export class ConsentView extends View {
  static override styles = [
    View.styles,
    css`
      courier-access-sure {
        margin-block-start: 24px;
      }
    `,
  ];

  /** Who decides. */
  @property({ attribute: false }) resident!: Pick<
    Resident,
    "resident" | "unit" | "consent" | "no_closes_home" | "altered_at" | "shut"
  >;
  /** Only the text: it is newer than the reader's consent. */
  @property({ type: Boolean }) bare = false;

  @state() private agreed = false;
  @state() private text: ConsentText | undefined;
  /** Whose text was read, and under which consent. */
  #read = "";

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { resident, consent } = this.resident;
    const whose = `${resident} ${consent}`;
    if (!changed.has("resident") || whose === this.#read) return;
    this.#read = whose;
    void this.#load();
  }

  async #load(): Promise<void> {
    const { building, resident, words } = this;
    const named = new URLSearchParams(location.search).get("text") ?? undefined;
    try {
      this.text = await this.access.consentText(building.building, resident.resident, words.language, named);
    } catch {
      // Without the text, there is no yes.
      this.text = undefined;
    }
  }

  override render(): TemplateResult {
    const { consent, altered_at: alteredAt } = this.resident;
    const given = consent === "given";
    if (this.bare) return html`${this.#lines(this.text)}`;
    return html`
      ${given
        ? nothing
        : html`<p class="status ${alteredAt ? "bad" : ""}">${this.#said}</p>`}
      ${isKeptOut(this.resident) ? html`<p class="status warning">${saidShut(this.words, this.resident)}</p>` : nothing}
      ${consent === "withdrawn" ? this.#lift() : nothing}
      ${given ? this.#given : this.#lines(this.text)}
      ${given
        ? nothing
        : html`<p>
              <label
                ><input
                  type="checkbox"
                  .checked=${this.agreed}
                  @change=${(event: Event) => (this.agreed = (event.target as HTMLInputElement).checked)}
                />${this.words.say("page_agree")}</label
              >
            </p>
            ${button(this.words.say("page_give_consent"), () => this.#decide("given"), {
              kind: "main",
              disabled: !this.agreed || !this.text,
            })}`}
      ${REFUSALS.filter((refusal) => refusal !== consent && !lifts(this.resident, refusal)).map((refusal) =>
        this.#refusal(refusal),
      )}
    `;
  }

  #lines(text: { language: string | null; lines: string[] | null } | undefined): TemplateResult {
    return html`<div lang=${text?.language ?? nothing}>${text?.lines?.map((line) => html`<p>${line}</p>`)}</div>`;
  }

  /** What the resident agreed to, or the present text if that one isn't kept. */
  get #given(): TemplateResult {
    const { text, words } = this;
    const agreed = text?.agreed;
    if (!agreed) return this.#lines(text);
    const key = agreed.lines ? "given_at" : agreed.number ? "before" : "on_paper";
    const said = words.say(`page_consent_${key}`, { time: words.moment(agreed.at), number: agreed.number ?? "" });
    return html`<p>${said}</p>
      ${this.#lines(agreed.lines ? agreed : text)}`;
  }

  get #said(): string {
    const { words } = this;
    const { consent, altered_at: alteredAt } = this.resident;
    if (!alteredAt) return words.say(`page_consent_${consent}`);
    const date = words.date(words.wall(alteredAt).day, { day: "numeric", month: "short", year: "numeric" });
    return words.say("notification_consent_altered", { date });
  }

  /** Beside the block, and apart from a yes. It ends nothing, so it doesn't ask first. */
  #lift(): TemplateResult {
    return html`
      <p>${button(this.words.say("page_lift_block"), () => this.#decide("opted_out"))}</p>
      <p class="soft">${this.words.say("page_lift_block_says")}</p>
    `;
  }

  #refusal(refusal: Decision): TemplateResult {
    const act = `page_${ACTS[refusal]}`;
    const label = this.words.say(act);
    const says = this.words.say(`${act}_says`);
    return html`
      <courier-access-sure
        data-decision=${refusal}
        ${seenBy(this)}
        .label=${label}
        .heading=${refusal === "withdrawn" ? this.words.say("panel_withdraw_consent_asks") : label}
        .says=${says}
        .also=${this.#alsoEnded(refusal)}
        .deed=${() => this.#decide(refusal)}
      ></courier-access-sure>
      <p class="soft">${says}</p>
    `;
  }

  /** What a no ends besides what is the resident's own. */
  #alsoEnded(refusal: Decision): TemplateResult {
    const { words, resident, building } = this;
    const ended = endedBy(resident, refusal, building.expected);
    return html`
      ${refusal === "opted_out" && resident.no_closes_home
        ? html`<p>${words.say("panel_only_yes")}</p>`
        : nothing}
      ${ended.length
        ? html`<p>${words.say("panel_ends_deliveries")}</p>
            <ul>
              ${ended.map(
                ({ courier, starts_at: start, ends_at: end }) => html`<li>${courier}, ${words.span(start, end)}</li>`,
              )}
            </ul>`
        : nothing}
    `;
  }

  #decide(decision: Decision): void {
    this.agreed = false;
    const { hash = "", language = "" } = this.text ?? {};
    const detail = { consent: decision, ...(decision === "given" && { text: { hash, language } }) };
    this.raise<RulesChange>("ca-consent", detail);
    // If it was refused because there is another text by now, that one is read next.
    if (decision === "given") void this.#load();
  }
}
