/** A resident's own rules: consent, hours, days off, couriers, conditions. Each change is kept at once. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import "./address-code";
import "./consent";
import "./days-off";
import "./linked";
import "./week-grid";
import { Draft, withOne } from "./draft";
import { group } from "./group";
import { PROOFS, type Attitude, type HoursException, type Proof, type Resident, type Rules, type RulesChange } from "./model";
import { saidCouriers, saidDaysOff, saidSharing } from "./said-rules";
import { saidWeek } from "./said-week";
import { mine, View } from "./view";
import { joined, presetOf, PRESETS, read, write, type Span, type WeekPreset } from "./week";

const ATTITUDES: readonly Attitude[] = ["allow", "ask", "deny"];

@customElement("courier-access-hours")
export class Hours extends View {
  static override styles = [
    View.styles,
    css`
      .proof {
        padding-inline-start: 16px;
      }
    `,
  ];

  @state() private chosen = "";
  @state() private rules: Rules | undefined;
  /** How many changes are on their way. */
  @state() private sending = 0;
  private draft: Draft | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const resident = this.resident;
    if (!resident) return;
    const other = changed.get("building");
    if (!this.draft || this.draft.resident !== resident.resident) {
      this.rules = undefined;
      this.draft = new Draft(
        this.access,
        this.building.building,
        resident.resident,
        (rules) => (this.rules = rules),
        (error) => this.tell({ text: this.words.refusal(error) }),
      );
      void this.draft.load();
    } else if (other) void this.draft.load();
  }

  override render(): TemplateResult {
    const { resident, rules } = this;
    if (!resident) return html`<section><p>${this.say("no_residence")}</p></section>`;
    if (!rules) return html`<section><p role="status">${this.say("loading")}</p></section>`;
    return html`
      ${mine(this.building).length > 1 ? this.choice() : nothing}
      <div
        aria-busy=${this.sending > 0}
        @ca-rules=${(event: CustomEvent<RulesChange>) => this.change(event.detail)}
        @ca-consent=${(event: CustomEvent<boolean>) => this.change({ consent: event.detail })}
        @ca-week=${(event: CustomEvent<Span[]>) => this.change({ windows: write(event.detail) })}
        @ca-exceptions=${(event: CustomEvent<HoursException[]>) =>
          this.change({ exceptions: event.detail })}
      >
        ${rules.consent === "given"
          ? nothing
          : html`<section>
              <h2>${this.words.say("page_consent")}</h2>
              ${this.consent(rules)}
            </section>`}
        ${this.week(joined(read(rules.windows)))}
        ${group(
          this.say("days_off"),
          saidDaysOff(this.words, rules.exceptions, this.today),
          html`<p class="soft">${this.say("days_off_says")}</p>
            <courier-access-days-off
              .words=${this.words}
              .exceptions=${rules.exceptions}
              today=${this.today}
            ></courier-access-days-off>`,
        )}
        ${this.couriers(rules)}
        ${resident.waits_for_confirmation || rules.consent !== "given"
          ? nothing
          : html`<courier-access-address-code
              .words=${this.words}
              .access=${this.access}
              .building=${this.building}
              .resident=${resident}
            ></courier-access-address-code>`}
        ${this.conditions(rules)} ${this.sharing(rules)}
        ${rules.consent === "given"
          ? group(
              this.words.say("page_consent"),
              html`<span data-consent="given">${this.words.say("page_consent_given")}</span>`,
              this.consent(rules),
            )
          : nothing}
      </div>
    `;
  }

  private week(spans: Span[]): TemplateResult {
    const preset = presetOf(spans);
    return group(
      this.words.say("page_hours_heading"),
      saidWeek(this.words, spans),
      html`
        ${this.elsewhere()}
        <div class="chips" role="group" aria-label=${this.words.say("page_hours_heading")}>
          ${(Object.keys(PRESETS) as WeekPreset[]).map(
            (name) => html`
              <button
                data-preset=${name}
                aria-pressed=${name === preset}
                @click=${() => name !== preset && this.change({ windows: write(PRESETS[name]) })}
              >
                ${this.presetName(name)}
              </button>
            `,
          )}
        </div>
        <courier-access-week .words=${this.words} .spans=${spans}></courier-access-week>
        ${spans.length ? nothing : html`<p>${this.words.say("page_hours_none")}</p>`}
      `,
      true,
    );
  }

  private presetName(preset: WeekPreset): string {
    const [first] = PRESETS[preset];
    const hours = first && preset !== "always" ? ` ${this.words.hours(first.from, first.to)}` : "";
    return this.say(`week_${preset}`) + hours;
  }

  private get resident(): Resident | undefined {
    return mine(this.building).find(({ resident }) => resident === this.chosen) ?? mine(this.building)[0];
  }

  private get today(): string {
    return new Intl.DateTimeFormat("en-CA", { timeZone: this.words.zone }).format(new Date());
  }

  private choice(): TemplateResult {
    return html`
      <section>
        <label
          >${this.say("which_unit")}
          <select @change=${(event: Event) => (this.chosen = (event.target as HTMLSelectElement).value)}>
            ${mine(this.building).map(({ resident, unit }) => html`<option value=${resident}>${unit}</option>`)}
          </select>
        </label>
      </section>
    `;
  }

  private consent(rules: Rules): TemplateResult {
    return html`<courier-access-consent .words=${this.words} consent=${rules.consent}></courier-access-consent>`;
  }

  private elsewhere(): TemplateResult | typeof nothing {
    return this.words.readerIsElsewhere
      ? html`<p class="status bad">${this.say("elsewhere", { zone: this.words.zone })}</p>`
      : nothing;
  }

  private couriers(rules: Rules): TemplateResult {
    return group(
      this.say("couriers"),
      saidCouriers(this.words, this.building.couriers, rules),
      html`
        <p class="soft">${this.say("couriers_says")}</p>
        <p>
          <label
            >${this.say("by_default")}
            ${this.attitude(rules.default, (value) => value && this.change({ default: value }), false)}
          </label>
        </p>
        ${rules.default === "allow"
          ? this.proof(this.say("by_default"), rules.default_proof, (value) => value && this.change({ default_proof: value }), false)
          : nothing}
        ${this.building.couriers.map(
          ({ courier, name }) => html`
            <p>
              <label
                >${name}
                ${this.attitude(rules.couriers[courier], (value) => this.decide(rules, courier, value))}
              </label>
            </p>
            ${(rules.couriers[courier] ?? rules.default) === "allow"
              ? this.proof(name, rules.proofs[courier], (value) =>
                  this.change({ proofs: withOne(rules.proofs, courier, value) }),
                )
              : nothing}
          `,
        )}
      `,
    );
  }

  private attitude(
    value: Attitude | undefined,
    change: (value: Attitude | undefined) => void,
    mayBeLeft = true,
  ): TemplateResult {
    return html`
      <select
        @change=${(event: Event) => {
          const chosen = (event.target as HTMLSelectElement).value;
          change(ATTITUDES.find((attitude) => attitude === chosen));
        }}
      >
        ${mayBeLeft
          ? html`<option value="" .selected=${value === undefined}>${this.say("as_default")}</option>`
          : nothing}
        ${ATTITUDES.map(
          (attitude) => html`
            <option value=${attitude} .selected=${attitude === value}>${this.say(`attitude_${attitude}`)}</option>
          `,
        )}
      </select>
    `;
  }

  private decide(rules: Rules, courier: string, value: Attitude | undefined): void {
    void this.change({ couriers: withOne(rules.couriers, courier, value) });
  }

  /** Choose the weakest proof that is let in without asking, for all couriers or for one. */
  private proof(
    name: string,
    value: Proof | undefined,
    change: (value: Proof | undefined) => void,
    mayBeLeft = true,
  ): TemplateResult {
    return html`
      <p>
        <label class="proof"
          >${this.say("proof")}
          <select
            aria-label=${`${name}: ${this.say("proof")}`}
            @change=${(event: Event) => {
              const chosen = (event.target as HTMLSelectElement).value;
              change(PROOFS.find((proof) => proof === chosen));
            }}
          >
            ${mayBeLeft
              ? html`<option value="" .selected=${value === undefined}>${this.say("as_default")}</option>`
              : nothing}
            ${PROOFS.map(
              (proof) => html`
                <option value=${proof} .selected=${proof === value}>${this.say(`proof_${proof}`)}</option>
              `,
            )}
          </select>
        </label>
      </p>
    `;
  }

  private conditions(rules: Rules): TemplateResult {
    const named = [...rules.only_while, ...rules.never_while].map(
      (id) => this.home.states[id]?.attributes.friendly_name ?? id,
    );
    return group(
      this.say("conditions"),
      named.join(", ") || this.say("conditions_none"),
      html`
        <p class="soft">${this.say("conditions_says")}</p>
        ${(["only_while", "never_while"] as const).map(
          (name) => html`
            <courier-access-linked
              .home=${this.home}
              .words=${this.words}
              .entities=${rules[name]}
              name=${name}
              heading=${this.say(name)}
            ></courier-access-linked>
          `,
        )}
      `,
    );
  }

  private sharing(rules: Rules): TemplateResult {
    return group(
      this.say("sharing"),
      saidSharing(this.words, rules),
      html`
        <p>
          <label
            ><input
              type="checkbox"
              .checked=${rules.share_hours}
              @change=${(event: Event) =>
                this.change({ share_hours: (event.target as HTMLInputElement).checked })}
            />${this.say("share_hours")}</label
          >
        </p>
        <p>
          <label
            >${this.say("digest")}
            <input
              type="time"
              .value=${rules.digest_at ?? ""}
              @change=${(event: Event) =>
                this.change({ digest_at: (event.target as HTMLInputElement).value || null })}
          /></label>
        </p>
        <p class="soft">${this.say("digest_says")}</p>
      `,
    );
  }

  private async change(change: RulesChange): Promise<void> {
    const { draft } = this;
    if (!draft) return;
    this.sending++;
    const isKept = await draft.change(change);
    this.sending--;
    if (!isKept) return;
    const isConsent = change.consent !== undefined;
    this.tell({
      text: isConsent
        ? this.words.say(change.consent ? "page_said_give_consent" : "page_said_withdraw_consent")
        : this.say("kept"),
      // A consent is no slip of the finger: it is given and taken with its own button.
      ...(!isConsent && { undo: () => void this.undo(draft) }),
    });
  }

  private async undo(draft: Draft): Promise<void> {
    this.sending++;
    await draft.undo();
    this.sending--;
  }
}
