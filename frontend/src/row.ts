/** A row of a compact table: an icon, a name, its state in few words, and a link; details fold out of it. */

import { css, html, nothing, type TemplateResult } from "lit";

import { icon, type Icon } from "./icon";

/** Red is for what somebody must see to. */
export type Tone = "good" | "bad" | "plain";

export interface RowLink {
  href: string;
  text: string;
  label: string;
  /** Goes there, if it is on the same page. */
  go?: () => void;
}

export interface Row {
  tone: Tone;
  icon?: Icon;
  name: string;
  says: string;
  /** Whether the icon shows that already. */
  isSaidOnly?: boolean;
  /** What folds out. */
  more?: TemplateResult | typeof nothing;
  link: RowLink | undefined;
}

const ICONS: Record<Tone, Icon> = { good: "good", bad: "alert", plain: "plain" };

export function row(shown: Row): TemplateResult {
  const { tone, name, says, link, more = nothing } = shown;
  const words = html`<span class="name">${name}</span><span class="says ${shown.isSaidOnly ? "quiet" : ""}">${says}</span>`;
  return html`
    <div class="item ${tone}">
      ${icon(shown.icon ?? ICONS[tone])}
      ${more === nothing
        ? html`<div class="words">${words}</div>`
        : html`<details>
            <summary class="words">${words}${icon("open")}</summary>
            ${more}
          </details>`}
      ${link
        ? html`<a class="to" href=${link.href} aria-label=${link.label} @click=${(event: Event) => follow(event, link)}
            >${link.text}</a
          >`
        : nothing}
    </div>
  `;
}

function follow(event: Event, { go }: RowLink): void {
  if (!go) return;
  event.preventDefault();
  go();
}

export const rows = css`
  .rows > li {
    padding: 0;
  }
  .item {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr) auto;
    column-gap: 12px;
    align-items: start;
  }
  .item > svg {
    margin-block-start: 12px;
    color: var(--secondary-text-color);
  }
  .item.good > svg {
    color: var(--success-color);
  }
  .item.bad > svg {
    color: var(--error-color);
  }
  .item .words {
    display: grid;
    align-content: center;
    min-height: 48px;
    box-sizing: border-box;
    padding-block: 4px;
    overflow-wrap: anywhere;
  }
  .item summary.words {
    padding-inline-end: 28px;
  }
  .item summary svg {
    inset-inline-end: 0;
    inset-block-start: 12px;
  }
  .item details > :last-child {
    margin-block-end: 12px;
  }
  .item .name {
    font-weight: 500;
  }
  .item .says {
    color: var(--secondary-text-color);
  }
  .item .name,
  .item .says {
    unicode-bidi: plaintext;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  :is(.item, .links) .to {
    min-height: 48px;
    margin: 0;
    color: color-mix(in srgb, var(--ha-color-on-primary-normal) 55%, var(--primary-text-color));
    font-weight: 500;
    text-decoration: none;
  }
  :is(.item, .links) .to:hover {
    text-decoration: underline;
  }
  @media (min-width: 600px) {
    .item .words {
      grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
      column-gap: 12px;
    }
  }
`;
