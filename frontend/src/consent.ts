/** What consent means, and its two buttons. What is decided goes up as `ca-consent`. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import "./sure";
import { button } from "./controls";
import type { Words } from "./home";
import type { Consent } from "./model";
import { shared } from "./style";

@customElement("courier-access-consent")
export class ConsentView extends LitElement {
  static override styles = [shared];

  @property({ attribute: false }) words!: Words;
  @property() consent: Consent = "not_given";
  /** When a change of the access log was found that ended the consent. */
  @property({ attribute: false }) alteredAt: string | null = null;

  @state() private agreed = false;

  override render(): TemplateResult {
    const given = this.consent === "given";
    return html`
      ${given
        ? nothing
        : html`<p class="status ${this.alteredAt ? "bad" : ""}">${this.said}</p>`}
      <p>${this.words.say("page_consent_means")}</p>
      ${given
        ? html`<courier-access-sure
            .words=${this.words}
            .label=${this.words.say("page_withdraw_consent")}
            .heading=${this.words.say("page_withdraw_consent")}
            .says=${this.words.say("panel_withdraw_sure")}
            .act=${() => this.decide(false)}
          ></courier-access-sure>`
        : html`<p>
              <label
                ><input
                  type="checkbox"
                  .checked=${this.agreed}
                  @change=${(event: Event) => (this.agreed = (event.target as HTMLInputElement).checked)}
                />${this.words.say("page_agree")}</label
              >
            </p>
            ${button(this.words.say("page_give_consent"), () => this.decide(true), {
              kind: "main",
              disabled: !this.agreed,
            })}`}
    `;
  }

  private get said(): string {
    const { words, consent, alteredAt } = this;
    if (!alteredAt) return words.say(`page_consent_${consent}`);
    const date = words.date(words.wall(alteredAt).day, { day: "numeric", month: "short", year: "numeric" });
    return words.say("notification_consent_altered", { date });
  }

  private decide(agreed: boolean): void {
    this.agreed = false;
    this.dispatchEvent(new CustomEvent<boolean>("ca-consent", { detail: agreed, bubbles: true, composed: true }));
  }
}
