/** A pass that was just made: its codes are shown once, and are gone with this view. */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import "./refused";
import "./sure";
import { button } from "./controls";
import type { Delivery, MadePass } from "./model";
import { seenBy, View } from "./view";

@customElement("courier-access-pass")
export class Pass extends View {
  static override styles = [
    View.styles,
    css`
      /* Beneath the header and the tabs, which stay. */
      :host {
        scroll-margin-block-start: 112px;
      }
      .code {
        display: block;
        font-size: 2rem;
        font-weight: 500;
        letter-spacing: 0.12em;
        line-height: 1.3;
      }
      .code.short {
        font-size: 1.4rem;
      }
      .said {
        border-inline-start: 3px solid currentcolor;
        padding-inline-start: 12px;
      }
      .said,
      .link {
        overflow-wrap: anywhere;
      }
      svg {
        display: block;
        width: min(240px, 100%);
        background: #fff;
        fill: #000;
        border-radius: 8px;
        margin-block: 8px;
      }
    `,
  ];

  @property({ attribute: false }) delivery!: Delivery;
  @property({ attribute: false }) made!: MadePass;

  /** The pass may come below what the form before it has covered, and what was pressed for it is gone. */
  protected override firstUpdated(): void {
    this.renderRoot.querySelector("h3")?.focus({ preventScroll: true });
    this.scrollIntoView({ block: "nearest" });
  }

  override render(): TemplateResult {
    const { pin, short_code: code, link, qr, trial, for_driver: said, ends_earlier: ended, page_unreachable: isShut } = this.made;
    const { refused, asks } = this.delivery;
    return html`
      <div class=${refused || asks || isShut ? "status warning" : "status good"}>
        <div role="status">
          <h3 tabindex="-1">${this.words.say("page_pass")}</h3>
          ${refused
            ? html`<courier-access-refused
                ${seenBy(this)}
                .delivery=${this.delivery}
              ></courier-access-refused>`
            : nothing}
          <p>${this.words.say("page_pass_pin")} <span class="code" data-pin>${pin}</span></p>
          ${isShut ? html`<p>${this.words.say("page_pass_unreachable")}</p>` : nothing}
          ${asks ? html`<p>${this.words.say("panel_pass_asks")}</p>` : nothing}
          ${ended ? html`<p>${this.words.say("page_pass_replaced")}</p>` : nothing}
        </div>
        ${trial
          ? html`<p>
              <a class="to" href=${trial} target="_blank">${this.say("try_at", { door: this.delivery.door })}</a>
            </p>`
          : nothing}
        ${said && this.delivery.opens?.length !== 0 ? this.#sending(said) : nothing}
        <p>${asks ? nothing : this.words.say("page_pass_says")} ${this.words.say("page_said_make_pass")}</p>
        <div class="row">
          ${button(this.say("close"), () => this.#close())}
          <courier-access-sure
            ${seenBy(this)}
            .label=${this.say("revoke")}
            .heading=${this.words.say("page_pass")}
            .says=${this.words.say("page_revoke_pass_sure")}
            .deed=${() => void this.#revoke()}
          ></courier-access-sure>
        </div>
        <p>${this.words.say("page_pass_code")} <span class="code short">${code}</span></p>
        ${link && !isShut ? html`<p class="link">${this.words.say("page_pass_link")} <a href=${link}>${link}</a></p>` : nothing}
        ${qr && !isShut
          ? html`<svg
              viewBox="0 0 ${qr.side} ${qr.side}"
              role="img"
              aria-label=${this.words.say("page_pass_qr")}
              shape-rendering="crispEdges"
            >
              ${svg`<path d=${qr.path} />`}
            </svg>`
          : nothing}
      </div>
    `;
  }

  /** What a driver has to know, and the ways to send it. */
  #sending(said: string): TemplateResult {
    return html`
      <p class="said">${said}</p>
      <div class="row">
        ${canShare() ? button(this.say("share"), () => void this.#send(share), { kind: "main" }) : nothing}
        ${button(this.say("copy_text"), () => void this.#send(copy), { kind: canShare() ? "plain" : "main" })}
      </div>
      <p>${this.say("share_where")}</p>
    `;
  }

  async #send(by: (text: string) => Promise<void>): Promise<void> {
    try {
      await by(this.made.for_driver);
      if (by === copy) this.tell({ text: this.say("copied") });
    } catch (error) {
      // Who closes what the phone offers has changed their mind.
      if ((error as Error).name !== "AbortError") this.tell({ text: this.words.refusal(error) });
    }
  }

  async #revoke(): Promise<void> {
    const deed = () => this.access.revokePass(this.building.building, this.made.pass);
    if (await this.act(deed, this.words.say("page_said_revoke_pass"))) this.#close();
  }

  #close(): void {
    this.raise("ca-close");
  }
}

function canShare(): boolean {
  return typeof navigator.share === "function";
}

function share(text: string): Promise<void> {
  return navigator.share({ text });
}

/** Copy, also where the page isn't served over https and browsers have no clipboard. */
export async function copy(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.body.appendChild(document.createElement("textarea"));
  field.value = text;
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (!copied) throw new Error(text);
}
