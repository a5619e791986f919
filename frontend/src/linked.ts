/** Entities that must be on, or off, while a courier enters. */

import { html, LitElement, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Home, Words } from "./home";
import { shared } from "./style";

/** The kinds of entities that rules can look at, as the integration has them. */
const LINKABLE = [
  "binary_sensor",
  "calendar",
  "device_tracker",
  "group",
  "input_boolean",
  "person",
  "schedule",
  "switch",
];

@customElement("courier-access-linked")
export class Linked extends LitElement {
  static override styles = [shared];

  @property({ attribute: false }) home!: Home;
  @property({ attribute: false }) words!: Words;
  @property({ attribute: false }) entities: readonly string[] = [];
  @property() name = "";
  @property() heading = "";

  override render(): TemplateResult {
    const offered = Object.values(this.home.states)
      .filter((state) => state !== undefined)
      .filter(({ entity_id: id }) => LINKABLE.includes(id.split(".")[0] ?? "") && !this.entities.includes(id))
      .map(({ entity_id: id }) => [id, this.nameOf(id)] as const)
      .sort(([, one], [, other]) => one.localeCompare(other));
    return html`
      <h3>${this.heading}</h3>
      <ul>
        ${this.entities.map(
          (id) => html`
            <li class="row">
              <span class="grow">${this.nameOf(id)}</span>
              <button
                aria-label=${this.words.say("panel_remove_named", { name: this.nameOf(id) })}
                @click=${() => this.emit(this.entities.filter((other) => other !== id))}
              >
                ${this.words.say("panel_delete")}
              </button>
            </li>
          `,
        )}
      </ul>
      <label
        >${this.words.say("panel_add")}
        <select @change=${(event: Event) => this.add(event)}>
          <option value="">–</option>
          ${offered.map(([id, name]) => html`<option value=${id}>${name}</option>`)}
        </select>
      </label>
    `;
  }

  private nameOf(id: string): string {
    return this.home.states[id]?.attributes.friendly_name ?? id;
  }

  private add(event: Event): void {
    const select = event.target as HTMLSelectElement;
    const id = select.value;
    select.value = "";
    if (id) this.emit([...this.entities, id]);
  }

  private emit(entities: string[]): void {
    const detail = { [this.name]: entities };
    this.dispatchEvent(new CustomEvent("ca-rules", { detail, bubbles: true, composed: true }));
  }
}
