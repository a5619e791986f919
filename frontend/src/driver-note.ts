/** What drivers read once a home let them in: shown, changed, and removed by those who live there. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { button, focusOn } from "./controls";
import { View } from "./view";

const MOST = 120;

@customElement("courier-access-driver-note")
export class DriverNote extends View {
  static override styles = [
    View.styles,
    css`
      :host {
        margin-block-start: 12px;
      }
      label.field {
        display: flex;
        align-items: stretch;
      }
      .note {
        font-weight: 500;
        overflow: hidden;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property() unit = "";
  @property() note = "";

  @state() private isOpen = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("unit") || this.isOther(changed)) this.isOpen = false;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.get("isOpen") === undefined) return;
    void focusOn(this.renderRoot.querySelector(this.isOpen ? "input" : "button, ha-button"));
  }

  override render(): TemplateResult {
    const { note } = this;
    if (this.isOpen) return this.#form();
    return html`
      ${note
        ? html`<p class="soft">${this.say("driver_note")}</p>
            <p class="note" dir="auto">${note}</p>`
        : nothing}
      ${button(note ? this.words.say("page_change") : this.say("driver_note_add"), () => (this.isOpen = true), {
        ...(note && { name: `${this.say("driver_note")}: ${this.words.say("page_change")}` }),
      })}
    `;
  }

  #form(): TemplateResult {
    return html`
      <form @submit=${(event: SubmitEvent) => this.#submit(event)}>
        <label class="field"
          >${this.say("driver_note")}
          <input
            name="note" dir="auto" maxlength=${MOST} autocomplete="off" aria-describedby="says"
            placeholder=${this.say("driver_note_example")} value=${this.note}
        /></label>
        <p class="soft" id="says">${this.say("driver_note_says")}</p>
        <div class="row">
          ${button(this.say("save"), undefined, { kind: "main", submits: true })}
          ${button(this.say("cancel"), () => (this.isOpen = false), { kind: "text" })}
        </div>
      </form>
    `;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const before = this.note;
    const note = String(new FormData(event.target as HTMLFormElement).get("note") ?? "").trim();
    if (note === before || (await this.#set(note, before))) this.isOpen = false;
  }

  /** Set the note of the home that is shown now; the way back stays that home's. */
  async #set(note: string, before: string): Promise<boolean> {
    const { access, unit } = this;
    const { building } = this.building;
    const said = (now: string) => (now ? this.say("driver_note_saved") : this.say("driver_note_removed"));
    if (!(await this.act(() => access.setNote(building, unit, note)))) return false;
    const undo = () => void this.act(() => access.setNote(building, unit, before), said(before));
    this.tell({ text: said(note), undo });
    return true;
  }
}
