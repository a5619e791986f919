/** A button that ends something for good: it asks once before it acts. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { button, dialog, focusOn } from "./controls";
import { View } from "./view";

@customElement("courier-access-sure")
export class Sure extends View {
  @property() label = "";
  @property() heading = "";
  /** What it is about. */
  @property() about = "";
  /** What ends. */
  @property() says = "";
  /** What else ends, if it isn't said in one sentence. */
  @property({ attribute: false }) also: TemplateResult | typeof nothing = nothing;
  /** The button that ends it, by default named as the one that asks. */
  @property() yes: string | undefined;
  @property({ attribute: false }) deed!: () => void;

  @state() private asks = false;

  override render(): TemplateResult {
    const { label, about, yes = label } = this;
    const close = () => {
      this.asks = false;
      void focusOn(this.renderRoot.querySelector("ha-button, button"));
    };
    const end = () => {
      this.asks = false;
      this.deed();
    };
    return html`
      ${button(label, () => (this.asks = true), { kind: "stop", name: about ? `${label}: ${about}` : label })}
      ${this.asks
        ? dialog(
            this.heading,
            html`<p><strong>${about}</strong></p>
              <p>${this.says}</p>
              ${this.also}`,
            {
              main: button(yes, end, { kind: "stop" }),
              other: button(this.words.say("page_door_back"), close, { kind: "text" }),
            },
            close,
          )
        : nothing}
    `;
  }
}
