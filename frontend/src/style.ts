/** What all views look like: Home Assistant's theme, in both directions of writing. */

import { css } from "lit";

export const shared = css`
  :host {
    display: block;
    color: var(--primary-text-color, #141414);
    font-family: var(--ha-font-family-body, Roboto, Noto, sans-serif);
    line-height: 1.45;
  }
  section {
    background: var(--ha-card-background, var(--card-background-color, #fff));
    border: 1px solid var(--divider-color, #d0d0d0);
    border-radius: var(--ha-card-border-radius, 12px);
    padding: 16px;
    margin-block-end: 16px;
  }
  :host([flat]) section {
    background: none;
    border: 0;
    border-block-start: 1px solid var(--divider-color, #d0d0d0);
    border-radius: 0;
    margin: 0;
  }
  h2 {
    font-size: 1.15rem;
    font-weight: 500;
    margin: 0 0 8px;
  }
  h3 {
    font-size: 1rem;
    font-weight: 500;
    margin: 16px 0 4px;
  }
  p {
    margin: 4px 0;
  }
  /*
   * Names and words need not be written in the direction of the page: a building's name in another script, or our
   * words where the reader's language has none. Each is ordered by itself, at the page's side.
   */
  :is(h1, h2, h3, p, li, summary, strong, button, a, select, textarea, .grow) {
    unicode-bidi: plaintext;
  }
  :is(h1, h2, h3, p, li, summary, .grow) {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .soft {
    color: var(--secondary-text-color, #5e5e5e);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }
  .grow {
    flex: 1;
    min-width: 0;
  }
  ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  li {
    border-block-start: 1px solid var(--divider-color, #d0d0d0);
    padding: 10px 0;
    overflow-wrap: anywhere;
  }
  li h3,
  h3:first-child {
    margin-block-start: 0;
  }
  li:first-child {
    border-block-start: 0;
  }
  button,
  select,
  input,
  textarea {
    font: inherit;
    color: inherit;
    background: var(--ha-card-background, var(--card-background-color, #fff));
    border: 1px solid var(--secondary-text-color, #727272);
    border-radius: 8px;
    padding: 8px 12px;
    min-height: 44px;
    box-sizing: border-box;
    min-width: 0;
    max-width: 100%;
  }
  textarea {
    width: 100%;
  }
  input[type="checkbox"] {
    min-height: 0;
    width: 20px;
    height: 20px;
    accent-color: var(--primary-color, #009ac7);
  }
  button {
    cursor: pointer;
  }
  /* A row of choices, one of which may be what is set. */
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block: 8px;
  }
  .chips button {
    border-radius: 22px;
    padding-inline: 16px;
  }
  .chips button[aria-pressed="true"] {
    border: 2px solid var(--primary-color, #009ac7);
    background: color-mix(in srgb, var(--primary-color, #009ac7) 16%, transparent);
    font-weight: 500;
  }
  /* A group that folds up to one line with what is set in it. */
  section:has(> details) {
    padding: 0;
  }
  details > .inside {
    padding: 0 16px 16px;
  }
  section > details > summary {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    align-items: center;
    min-height: 44px;
    box-sizing: border-box;
    padding-block: 10px;
    padding-inline: 16px 44px;
    position: relative;
    list-style: none;
    cursor: pointer;
  }
  section > details > summary::-webkit-details-marker {
    display: none;
  }
  section > details > summary h2 {
    margin: 0;
  }
  section > details > summary .set {
    overflow-wrap: anywhere;
  }
  section > details > summary svg {
    position: absolute;
    inset-inline-end: 12px;
    inset-block-start: 13px;
  }
  section > details[open] > summary svg {
    transform: rotate(180deg);
  }
  svg.icon {
    flex: none;
    width: 24px;
    height: 24px;
    fill: currentColor;
  }
  a {
    color: inherit;
  }
  a.to {
    display: inline-flex;
    align-items: center;
    min-height: 44px;
    margin-block-end: -12px;
  }
  button.main {
    border: 2px solid var(--primary-color, #009ac7);
    font-weight: 500;
  }
  button.stop {
    border: 2px solid var(--error-color, #db4437);
    font-weight: 500;
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  :focus-visible {
    outline: 3px solid var(--primary-color, #009ac7);
    outline-offset: 2px;
  }
  label {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    max-width: 100%;
    min-height: 44px;
  }
  .status {
    border-inline-start: 6px solid var(--divider-color, #d0d0d0);
    padding-inline-start: 12px;
  }
  .status.good {
    border-color: var(--success-color, #43a047);
  }
  .status.bad {
    border-color: var(--error-color, #db4437);
  }
  .status strong {
    font-size: 1.1rem;
    font-weight: 500;
  }
  .quiet {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
