/** The building as its owner sees it: what needs them, couriers, doors, residents, the record and the building's hours. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import "./building-hours";
import "./check";
import "./courier";
import type { Issue, Named, Owned, OwnedDoor, OwnedResident } from "./model";
import { about, consentKey, inOrder, isOutOfReach, size } from "./owned";
import { View } from "./view";

const POSITIONS = ["locked", "unlocked", "unlocking", "locking", "jammed", "open", "opening"];
/** The links open for an hour. */
const RENEWS_LINKS_SECONDS = 1800;

@customElement("courier-access-building")
export class BuildingView extends View<Named> {
  static override styles = [
    View.styles,
    css`
      .says {
        white-space: pre-line;
      }
      li.resident {
        content-visibility: auto;
        contain-intrinsic-size: auto 70px;
      }
    `,
  ];

  /** Grows whenever what is shown here may be another. */
  @property({ type: Number }) news = 0;
  /** Whether the record can be read, so that it can be checked. */
  @property({ type: Boolean }) whole = true;

  @state() private owned: Owned | undefined;
  private reading = 0;
  private renewing: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.renewing = setInterval(() => void this.read(), RENEWS_LINKS_SECONDS * 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.renewing);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const other = changed.get("building");
    if (other !== undefined && other.building !== this.building.building) this.owned = undefined;
    if (changed.has("news") || changed.has("building")) void this.read();
  }

  private async read(): Promise<void> {
    const reading = ++this.reading;
    try {
      const owned = await this.access.owned(this.building.building);
      if (reading === this.reading) this.owned = owned;
    } catch (error) {
      // While the building is loaded anew; what it is then is told.
      if (!this.owned) this.tell({ text: this.words.refusal(error) });
    }
  }

  override render(): TemplateResult {
    const { owned } = this;
    if (!owned) return html`<section><p role="status">${this.say("loading")}</p></section>`;
    return html`
      ${this.issues(owned)} ${this.couriers(owned)} ${this.doors(owned)} ${this.residents(owned)}
      ${this.record(owned)}
      <courier-access-building-hours
        .home=${this.home}
        .words=${this.words}
        .access=${this.access}
        .building=${this.building}
        .kept=${owned.hours}
      ></courier-access-building-hours>
    `;
  }

  private issues(owned: Owned): TemplateResult {
    return html`
      <section>
        <h2>${this.say("needs_you")}</h2>
        ${owned.issues.length
          ? html`<ul>
                ${inOrder(owned).map((issue) => this.issue(owned, issue))}
              </ul>
              <p><a href="/config/repairs">${this.say("open_repairs")}</a></p>`
          : html`<p class="status good">${this.say("needs_nothing")}</p>`}
      </section>
    `;
  }

  private issue(owned: Owned, issue: Issue): TemplateResult {
    const whom = about(owned, issue);
    const says = issue.is_fixable ? "" : this.words.issue(issue.kind, "description", issue.placeholders);
    return html`
      <li data-issue=${issue.kind}>
        <div class="status bad">
          <strong>${this.words.issue(issue.kind, "title", issue.placeholders)}</strong>
          ${whom ? html`<p>${this.named(whom)}</p>` : nothing}
          ${says ? html`<p class="says">${says}</p>` : nothing}
        </div>
      </li>
    `;
  }

  private named({ name, unit }: OwnedResident): string {
    return this.say("resident_of", { name, unit });
  }

  private couriers(owned: Owned): TemplateResult {
    return html`
      <section>
        <h2>${this.say("couriers")}</h2>
        ${owned.couriers.length
          ? html`<ul>
              ${owned.couriers.map(
                (courier) => html`
                  <li data-courier=${courier.courier}>
                    <courier-access-courier
                      .home=${this.home}
                      .words=${this.words}
                      .access=${this.access}
                      .building=${this.building}
                      .courier=${courier}
                    ></courier-access-courier>
                  </li>
                `,
              )}
            </ul>`
          : html`<p>${this.words.say("page_lobby_couriers_none")}</p>`}
      </section>
    `;
  }

  private doors(owned: Owned): TemplateResult {
    return html`
      <section>
        <h2>${this.say("doors")}</h2>
        <ul>
          ${owned.doors.map((door) => this.door(door))}
        </ul>
      </section>
    `;
  }

  private door(door: OwnedDoor): TemplateResult {
    const position = POSITIONS.includes(door.position) ? door.position : "unavailable";
    const isWell = door.available && !door.left_open;
    return html`
      <li data-door=${door.door}>
        <h3>${door.name}</h3>
        <p class="status ${isWell ? "good" : "bad"}">
          <strong>${this.say(`door_${position}`)}</strong>
          ${door.left_open ? html`<br />${this.say("left_open")}` : nothing}
          ${door.available ? nothing : html`<br />${this.unavailable(door)}`}
        </p>
        <p class="soft">
          ${this.opener(door)} ${this.say("unlock_seconds", { seconds: door.unlock_seconds })}
          ${this.say(door.contact ? `contact_${door.contact}` : "contact_none")}
        </p>
      </li>
    `;
  }

  private opener({ opener }: OwnedDoor): string {
    if (opener === null) return "";
    const name = this.home.states[opener]?.attributes.friendly_name ?? opener;
    return this.say("opener", { name });
  }

  private unavailable(door: OwnedDoor): string {
    if (door.opener_removed) return this.say("opener_removed");
    return door.unavailable_since
      ? this.say("opener_away_since", { time: this.words.moment(door.unavailable_since) })
      : this.say("opener_away");
  }

  private residents(owned: Owned): TemplateResult {
    return html`
      <section>
        <h2>${this.say("residents")}</h2>
        <p class="soft">${this.say("residents_says")}</p>
        <ul>
          ${owned.residents.map((resident) => this.resident(resident))}
        </ul>
        <p><a href=${owned.links.residents} download>${this.say("open_list")}</a></p>
        <p><a href=${owned.links.notice} target="_blank">${this.say("open_notice")}</a></p>
        <p><a href="/config/integrations/integration/courier_access">${this.say("open_settings")}</a></p>
      </section>
    `;
  }

  private resident(resident: OwnedResident): TemplateResult {
    const consent = consentKey(resident);
    return html`
      <li class="resident" data-resident=${resident.resident}>
        <strong>${this.named(resident)}</strong>
        ${consent ? html`<p>${this.say(`consent_${consent}`)}</p>` : nothing}
        ${resident.waits_for_confirmation ? html`<p>${this.say("waits")}</p>` : nothing}
        ${isOutOfReach(resident) ? html`<p class="status bad">${this.outOfReach(resident)}</p>` : nothing}
      </li>
    `;
  }

  private outOfReach({ unreachable_since: since }: OwnedResident): string {
    return since ? this.say("unreachable_since", { time: this.words.moment(since) }) : this.say("no_way");
  }

  private record(owned: Owned): TemplateResult {
    const { kept_out_by: keptOut, records, newest_at: newest, retention_days: days, notifications_pending: pending } = owned.record;
    return html`
      <section>
        <h2>${this.say("record")}</h2>
        <p class="status ${keptOut ? "bad" : "good"}" data-kept-out=${keptOut ?? ""}>
          <strong
            >${keptOut
              ? this.words.issue(keptOut, "title", { building: owned.name })
              : this.say("record_well")}</strong
          >
        </p>
        <p>
          ${records === null
            ? nothing
            : this.say("record_has", { count: records, size: size(owned.record_bytes, this.words.language) })}
          ${newest ? this.say("record_newest", { time: this.words.moment(newest) }) : nothing}
        </p>
        <p class="soft">
          ${this.say("record_keeps", { days })} ${pending ? this.say("notifications_pending", { count: pending }) : nothing}
        </p>
      </section>
      ${this.whole
        ? html`<courier-access-check
            .home=${this.home}
            .words=${this.words}
            .access=${this.access}
            .building=${this.building}
          ></courier-access-check>`
        : nothing}
    `;
  }
}
