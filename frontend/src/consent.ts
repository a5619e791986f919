/** What consent means, and the buttons to give or refuse it. What is decided goes up as `ca-consent`. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import "./sure";
import { button } from "./controls";
import type { Words } from "./home";
import type { Building, Decision, Resident } from "./model";
import { ACTS, endedBy, isKeptOut, lifts, saidShut } from "./said-rules";
import { shared } from "./style";

/** A resident's own no, and the one for the whole home. */
const REFUSALS: readonly Decision[] = ["opted_out", "withdrawn"];

@customElement("courier-access-consent")
export class ConsentView extends LitElement {
  static override styles = [
    shared,
    css`
      courier-access-sure {
        margin-block-start: 24px;
      }
    `,
  ];

  @property({ attribute: false }) words!: Words;
  @property({ attribute: false }) building!: Pick<
    Building,
    "responsible" | "retention_days" | "log_months" | "expected"
  >;
  /** Who decides. */
  @property({ attribute: false }) resident!: Pick<Resident, "unit" | "consent" | "no_closes_home" | "altered_at" | "shut" | "erasure">;

  @state() private agreed = false;

  override render(): TemplateResult {
    const { consent, altered_at: alteredAt } = this.resident;
    const given = consent === "given";
    return html`
      ${given
        ? nothing
        : html`<p class="status ${alteredAt ? "bad" : ""}">${this.said}</p>`}
      ${isKeptOut(this.resident) ? html`<p class="status warning">${saidShut(this.words, this.resident)}</p>` : nothing}
      ${consent === "withdrawn" ? this.lift() : nothing}
      <p>${this.words.say("page_consent_means", { days: this.days })}</p>
      ${this.responsible}
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
            ${button(this.words.say("page_give_consent"), () => this.decide("given"), {
              kind: "main",
              disabled: !this.agreed,
            })}`}
      ${REFUSALS.filter((refusal) => refusal !== consent && !lifts(this.resident, refusal)).map((refusal) =>
        this.refusal(refusal),
      )}
    `;
  }

  /** After how many days details of visits are erased: the home may have chosen. */
  private get days(): number {
    return this.resident.erasure?.days ?? this.building.retention_days;
  }

  /** Who is responsible, why data is kept and for how long, and what anybody can ask. */
  private get responsible(): TemplateResult | typeof nothing {
    const { words } = this;
    const { days } = this;
    const { responsible, log_months: months } = this.building;
    if (!responsible) return nothing;
    const { name, contact, authority, purpose } = responsible;
    return html`
      <h3>${words.say("page_responsible")}</h3>
      ${[name, ...contact.split("\n")].filter(Boolean).map((line) => html`<p>${line}</p>`)}
      <p class="soft">
        ${words.say("page_responsible_purpose", { purpose: purpose || words.say("page_responsible_usual") })}
      </p>
      <p class="soft">${words.say("page_responsible_kept", { days, months })}</p>
      <p class="soft">${words.say("page_responsible_rights")}</p>
      ${authority ? html`<p class="soft">${words.say("page_responsible_authority", { authority })}</p>` : nothing}
    `;
  }

  private get said(): string {
    const { words } = this;
    const { consent, altered_at: alteredAt } = this.resident;
    if (!alteredAt) return words.say(`page_consent_${consent}`);
    const date = words.date(words.wall(alteredAt).day, { day: "numeric", month: "short", year: "numeric" });
    return words.say("notification_consent_altered", { date });
  }

  /** Beside the block, and apart from a yes. It ends nothing, so it doesn't ask first. */
  private lift(): TemplateResult {
    return html`
      <p>${button(this.words.say("page_lift_block"), () => this.decide("opted_out"))}</p>
      <p class="soft">${this.words.say("page_lift_block_says")}</p>
    `;
  }

  private refusal(refusal: Decision): TemplateResult {
    const act = `page_${ACTS[refusal]}`;
    const label = this.words.say(act);
    const says = this.words.say(`${act}_says`);
    return html`
      <courier-access-sure
        data-decision=${refusal}
        .words=${this.words}
        .label=${label}
        .heading=${refusal === "withdrawn" ? this.words.say("panel_withdraw_consent_asks") : label}
        .says=${says}
        .also=${this.alsoEnded(refusal)}
        .act=${() => this.decide(refusal)}
      ></courier-access-sure>
      <p class="soft">${says}</p>
    `;
  }

  /** What a no ends besides what is the resident's own. */
  private alsoEnded(refusal: Decision): TemplateResult {
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

  private decide(decision: Decision): void {
    this.agreed = false;
    this.dispatchEvent(
      new CustomEvent<Decision>("ca-consent", { detail: decision, bubbles: true, composed: true }),
    );
  }
}
