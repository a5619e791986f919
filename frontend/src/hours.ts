/** A resident's own rules: consent, hours, days off, couriers, conditions. Each change is kept at once. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import "./address-code";
import "./attitudes";
import "./consent";
import "./days-off";
import "./fleet-visits";
import "./linked";
import "./week-grid";
import { HANDBOOK } from "./addresses";
import { alert, button, dialog, empty, loading, select, time, toggle } from "./controls";
import { Draft } from "./draft";
import { group } from "./group";
import type { HoursException, Resident, Rules, RulesChange } from "./model";
import { saidCouriers, saidDaysOff, saidKept, saidSharing } from "./said-rules";
import { saidWeek } from "./said-week";
import { mine, seenBy, View } from "./view";
import { joined, presetOf, PRESETS, read, WEEK_PRESETS, write, type Span, type WeekPreset } from "./week";
import { presetName, weekPresets } from "./week-presets";

@customElement("courier-access-hours")
export class Hours extends View {
  @state() private chosen = "";
  @state() private rules: Rules | undefined;
  /** The week that was tapped, and is asked about first. */
  @state() private tapped: WeekPreset | undefined;
  /** How many changes are on their way. */
  @state() private sending = 0;
  #draft: Draft | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const resident = this.#resident;
    if (!resident) return;
    if (!this.#draft || this.#draft.resident !== resident.resident) {
      this.rules = undefined;
      this.#draft = new Draft(
        this.access,
        this.building.building,
        resident.resident,
        (rules) => (this.rules = rules),
        (error) => this.tell({ text: this.words.refusal(error) }),
      );
      void this.#draft.load();
    } else if (changed.get("building")) void this.#draft.load();
  }

  override render(): TemplateResult {
    const { rules } = this;
    const resident = this.#resident;
    if (!resident) return html`<section>${empty("locked", this.say("no_residence"))}</section>`;
    if (!rules) return html`<section>${loading(this.say("loading"))}</section>`;
    return html`
      ${mine(this.building).length > 1 ? this.#choice() : nothing}
      <div
        aria-busy=${this.sending > 0}
        @ca-rules=${(event: CustomEvent<RulesChange>) => this.#change(event.detail)}
        @ca-consent=${(event: CustomEvent<RulesChange>) => this.#change(event.detail)}
        @ca-week=${(event: CustomEvent<Span[]>) => this.#change({ windows: write(event.detail) })}
        @ca-exceptions=${(event: CustomEvent<HoursException[]>) =>
          this.#change({ exceptions: event.detail })}
      >
        ${rules.consent === "given"
          ? nothing
          : html`<section>
              <h2>${this.words.say("page_consent")}</h2>
              ${this.#consent(resident, rules)}
            </section>`}
        ${this.#week(joined(read(rules.windows)))}
        ${group(
          this.say("days_off"),
          saidDaysOff(this.words, rules.exceptions, this.words.today),
          html`${this.#shut()}
            <courier-access-days-off
              ${seenBy(this)}
              .exceptions=${rules.exceptions}
              today=${this.words.today}
            ></courier-access-days-off>`,
        )}
        ${this.#couriers(rules)}
        ${resident.waits_for_confirmation || rules.consent !== "given"
          ? nothing
          : html`<courier-access-address-code
              ${seenBy(this)}
              .resident=${resident}
            ></courier-access-address-code>`}
        ${this.#conditions(rules)} ${this.#sharing(rules)}
        <courier-access-fleet-visits
          ${seenBy(this)}
          .resident=${resident}
        ></courier-access-fleet-visits>
        ${rules.consent === "given"
          ? group(
              this.words.say("page_consent"),
              html`<span data-consent="given">${this.words.say("page_consent_given")}</span>`,
              this.#consent(resident, rules),
            )
          : nothing}
        <section>
          <a class="to" href=${HANDBOOK} target="_blank" rel="noreferrer">${this.say("handbook")}</a>
        </section>
      </div>
    `;
  }

  #week(spans: Span[]): TemplateResult {
    const preset = presetOf(spans);
    const within = joined(read(this.building.hours));
    return group(
      this.words.say("page_hours_heading"),
      saidWeek(this.words, spans),
      html`
        ${weekPresets(this.words, WEEK_PRESETS, preset, (tapped) => this.#tap(tapped, spans))}
        ${this.tapped ? this.#sure(this.tapped, spans) : nothing}
        ${this.#shut()}
        ${within.length
          ? html`<p class="soft">${this.say("building_hours_shaded", { hours: saidWeek(this.words, within) })}</p>`
          : nothing}
        <courier-access-week
          ${seenBy(this)}
          .spans=${spans}
          .within=${within}
        ></courier-access-week>
        ${spans.length ? nothing : html`<p>${this.words.say("page_hours_none")}</p>`}
      `,
      true,
    );
  }

  /** What was expected before, and opens the door at no time now. */
  #shut(): TemplateResult | typeof nothing {
    const count = this.building.expected.filter(({ opens }) => opens?.length === 0).length;
    return count ? alert("warning", this.say("expected_shut", { count })) : nothing;
  }

  /** A week that was entered by hand, or isn't all of the time, isn't lost with a slip of the finger. */
  #tap(tapped: WeekPreset, spans: Span[]): void {
    if (spans.length && (tapped === "always" || !presetOf(spans))) this.tapped = tapped;
    else void this.#change({ windows: write(PRESETS[tapped]) });
  }

  #sure(tapped: WeekPreset, spans: Span[]): TemplateResult {
    const close = () => (this.tapped = undefined);
    const save = () => {
      close();
      void this.#change({ windows: write(PRESETS[tapped]) });
    };
    return dialog(
      presetName(this.words, tapped),
      html`
        ${tapped === "always" ? html`<p>${this.say("always_sure")}</p>` : nothing}
        <p>${this.say("replaces_hours", { hours: saidWeek(this.words, spans) })}</p>
      `,
      {
        main: button(this.say("save"), save, { kind: "main" }),
        other: button(this.words.say("page_door_back"), close, { kind: "text" }),
      },
      close,
    );
  }

  get #resident(): Resident | undefined {
    return mine(this.building).find(({ resident }) => resident === this.chosen) ?? mine(this.building)[0];
  }

  #choice(): TemplateResult {
    return html`
      <section>
        ${select(
          this.say("which_unit"),
          this.#resident?.resident,
          mine(this.building).map(({ resident, unit }) => ({ value: resident, label: unit })),
          (resident) => (this.chosen = resident),
        )}
      </section>
    `;
  }

  #consent(resident: Resident, { consent }: Rules): TemplateResult {
    return html`<courier-access-consent
      ${seenBy(this)}
      .resident=${{ ...resident, consent }}
    ></courier-access-consent>`;
  }

  #couriers(rules: Rules): TemplateResult {
    return group(
      this.say("couriers"),
      saidCouriers(this.words, this.building.couriers, rules),
      html`<courier-access-attitudes
        ${seenBy(this)}
        .couriers=${this.building.couriers}
        .rules=${rules}
      ></courier-access-attitudes>`,
    );
  }

  #conditions(rules: Rules): TemplateResult {
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
              ${seenBy(this)}
              .entities=${rules[name]}
              name=${name}
              heading=${this.say(name)}
            ></courier-access-linked>
          `,
        )}
      `,
    );
  }

  #sharing(rules: Rules): TemplateResult {
    return group(
      this.say("sharing"),
      saidSharing(this.words, rules),
      html`
        <div class="fields">
          ${toggle(this.say("share_hours"), rules.share_hours, (shared) => void this.#change({ share_hours: shared }))}
          ${time(
            this.home,
            this.say("digest"),
            rules.digest_at ?? "",
            (at) => void this.#change({ digest_at: at || null }),
          )}
        </div>
        <p class="soft">${this.say("digest_says")}</p>
      `,
    );
  }

  async #change(change: RulesChange): Promise<void> {
    const draft = this.#draft;
    const resident = this.#resident;
    if (!draft || !resident) return;
    this.sending++;
    const isKept = await draft.change(change);
    this.sending--;
    if (!isKept) return;
    this.tell(saidKept(this.words, change, () => void this.#undo(draft), resident));
  }

  async #undo(draft: Draft): Promise<void> {
    this.sending++;
    const isKept = await draft.undo();
    this.sending--;
    if (isKept) this.tell({ text: this.say("undone"), undo: () => void this.#undo(draft) });
  }
}
