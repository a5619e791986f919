/** Entities that must be on, or off, while a courier enters. */

import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { entity, iconButton } from "./controls";
import { View } from "./view";

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
export class Linked extends View {
  static override styles = [
    View.styles,
    css`
      :host {
        margin-block-start: 16px;
      }
    `,
  ];

  @property({ attribute: false }) entities: readonly string[] = [];
  @property() name = "";
  @property() heading = "";

  override render(): TemplateResult {
    return html`
      ${entity(this.home, this.heading, LINKABLE, [...this.entities, ...this.#ours], (id) => this.#emit([...this.entities, id]))}
      <ul>
        ${this.entities.map(
          (id) => html`
            <li class="row">
              <span class="grow">${this.#nameOf(id)}</span>
              ${iconButton("remove", this.say("remove_named", { name: this.#nameOf(id) }), () =>
                this.#emit(this.entities.filter((other) => other !== id)),
              )}
            </li>
          `,
        )}
      </ul>
    `;
  }

  /** The integration's own entities, which say themselves what the rules come to. */
  get #ours(): string[] {
    const entities = Object.entries(this.home.entities ?? {});
    return entities.flatMap(([id, entity]) => (entity?.platform === "courier_access" ? id : []));
  }

  #nameOf(id: string): string {
    return this.home.states[id]?.attributes.friendly_name ?? id;
  }

  #emit(entities: string[]): void {
    this.raise("ca-rules", { [this.name]: entities });
  }
}
