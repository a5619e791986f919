/** Whom a resident's rules let in: a row a courier, and below it the weakest proof that needs no asking. */

import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { button, dialog, segmented } from "./controls";
import { withOne } from "./draft";
import { icon } from "./icon";
import { PROOFS, type Attitude, type Courier, type Proof, type Rules, type RulesChange } from "./model";
import { View } from "./view";

const ATTITUDES: readonly Attitude[] = ["allow", "ask", "deny"];

/** One courier's row, or that of all of them. */
interface Row {
  name: string;
  attitude: Attitude;
  proof: Proof;
  /** The courier; undefined for all of them. */
  courier?: string;
  /** Whether something is set for this courier alone. */
  isOwn?: boolean;
}

@customElement("courier-access-attitudes")
export class Attitudes extends View {
  static override styles = [
    View.styles,
    css`
      li {
        padding-block: 16px 8px;
      }
      li:first-of-type {
        padding-block-start: 8px;
      }
      li:last-of-type {
        padding-block-end: 0;
      }
      h3 {
        margin: 0;
      }
      .name {
        min-height: 44px;
        margin-block-start: -8px;
      }
      .proof {
        display: flex;
        width: 100%;
        justify-content: start;
        padding: 8px 0;
        border-radius: 4px;
        background: none;
        color: var(--secondary-text-color);
        font-weight: 400;
        text-align: start;
      }
      .name ha-button,
      .name button {
        margin-inline-end: -16px;
      }
      .proof:dir(rtl) svg {
        scale: -1 1;
      }
      .choices span::first-letter {
        text-transform: uppercase;
      }
      .choices span {
        display: block;
      }
      .choices label {
        display: flex;
        gap: 16px;
        cursor: pointer;
      }
      .choices input {
        width: 20px;
        height: 20px;
        min-height: 0;
        margin: 0;
        accent-color: var(--primary-color);
      }
    `,
  ];

  @property({ attribute: false }) couriers: readonly Courier[] = [];
  @property({ attribute: false }) rules!: Rules;

  /** The row whose proof is being chosen. */
  @state() private chosen: Row | undefined;

  override render(): TemplateResult {
    return html`
      <p class="soft">${this.say("couriers_says")}</p>
      <ul>
        ${this.#rows.map((row) => this.#row(row))}
      </ul>
      ${this.rules.default === "allow" ? this.#newCouriers() : nothing}
      ${this.rules.removed_couriers.length ? this.#removed() : nothing}
      ${this.chosen ? this.#proofs(this.chosen) : nothing}
    `;
  }

  /** A way to be asked about couriers that come later, with no change for those of today. */
  #newCouriers(): TemplateResult {
    const ask = () => this.#emit({ new_couriers: "ask" });
    return html`
      <p>${button(this.say("new_couriers_ask"), ask, { kind: "text" })}</p>
      <p class="soft">${this.say("new_couriers_says")}</p>
    `;
  }

  #removed(): TemplateResult {
    const lift = this.say("lift");
    return html`
      <h3>${this.say("removed_couriers")}</h3>
      <p class="soft">${this.say("removed_couriers_says")}</p>
      <ul>
        ${this.rules.removed_couriers.map(
          ({ courier, name }) => html`
            <li class="row">
              <span class="grow">${name}</span>
              ${button(
                lift,
                () => this.#emit({ couriers: withOne<Attitude>(this.rules.couriers, courier, "allow") }),
                { kind: "text", name: `${name}: ${lift}` },
              )}
            </li>
          `,
        )}
      </ul>
    `;
  }

  get #rows(): Row[] {
    const { rules } = this;
    return [
      { name: this.say("by_default"), attitude: rules.default, proof: rules.default_proof },
      ...this.couriers.map(({ courier, name }) => ({
        name,
        courier,
        attitude: rules.couriers[courier] ?? rules.default,
        proof: rules.proofs[courier] ?? rules.default_proof,
        isOwn: courier in rules.couriers || courier in rules.proofs,
      })),
    ];
  }

  #row(row: Row): TemplateResult {
    const like = this.say("as_default");
    return html`
      <li>
        <div class="row name">
          <h3 class="grow">${row.name}</h3>
          ${row.isOwn ? button(like, () => this.#reset(row), { kind: "text", name: `${row.name}: ${like}` }) : nothing}
        </div>
        ${segmented(
          row.name,
          row.attitude,
          ATTITUDES.map((value) => ({ value, label: this.say(`attitude_${value}`) })),
          (attitude) => this.#decide(row, attitude),
        )}
        ${row.attitude === "allow"
          ? html`<button class="proof" aria-haspopup="dialog" @click=${() => (this.chosen = row)}>
              <span class="grow"
                ><span class="quiet">${row.name}: </span>${this.say("proof")}: ${this.say(`proof_${row.proof}`)}</span
              >${icon("after")}
            </button>`
          : nothing}
      </li>
    `;
  }

  #proofs(row: Row): TemplateResult {
    const close = () => (this.chosen = undefined);
    return dialog(
      row.name,
      html`<div class="choices" role="radiogroup" aria-label=${this.say("proof")}>
        <p class="soft">${this.say("proof")}</p>
        ${PROOFS.map(
          (proof) => html`<label
            ><input type="radio" name="proof" .checked=${proof === row.proof} @change=${() => this.#prove(row, proof)} />
            <span>${this.say(`proof_${proof}`)}</span></label
          >`,
        )}
      </div>`,
      { main: button(this.say("close"), close, { kind: "text" }) },
      close,
    );
  }

  #decide({ courier }: Row, attitude: Attitude): void {
    this.#emit(
      courier === undefined
        ? { default: attitude }
        : { couriers: withOne(this.rules.couriers, courier, attitude) },
    );
  }

  #prove({ courier }: Row, proof: Proof): void {
    this.chosen = undefined;
    this.#emit(
      courier === undefined ? { default_proof: proof } : { proofs: withOne(this.rules.proofs, courier, proof) },
    );
  }

  #reset({ courier = "" }: Row): void {
    const { couriers, proofs } = this.rules;
    this.#emit({
      ...(courier in couriers && { couriers: withOne<Attitude>(couriers, courier, undefined) }),
      ...(courier in proofs && { proofs: withOne<Proof>(proofs, courier, undefined) }),
    });
  }

  #emit(detail: RulesChange): void {
    this.raise("ca-rules", detail);
  }
}
