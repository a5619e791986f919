/** What all views look like: Home Assistant's theme, in both directions of writing. */

import { css } from "lit";

export const shared = css`
  :host {
    display: block;
    color: var(--primary-text-color);
    font-family: var(--ha-font-family-body);
    line-height: 1.45;
    --ca-soft: color-mix(in srgb, var(--secondary-text-color) 75%, var(--primary-text-color));
  }
  section {
    background: var(--ha-card-background, var(--card-background-color));
    border: var(--ha-card-border-width, 1px) solid var(--ha-card-border-color, var(--divider-color));
    border-radius: var(--ha-card-border-radius, var(--ha-border-radius-lg));
    box-shadow: var(--ha-card-box-shadow, none);
    padding: 16px;
    margin-block-end: 16px;
  }
  :host([flat]) section {
    background: none;
    border: 0;
    border-block-start: 1px solid var(--divider-color);
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
    margin: 8px 0;
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
    color: var(--secondary-text-color);
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
    border-block-start: 1px solid var(--divider-color);
    padding: 8px 0;
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
  a.button,
  select,
  input,
  textarea {
    font: inherit;
    color: inherit;
    min-height: 44px;
    box-sizing: border-box;
    min-width: 0;
    max-width: 100%;
    border: 0;
  }
  select,
  input,
  textarea {
    background: var(--ha-color-form-background);
    border-block-end: 1px solid var(--secondary-text-color);
    border-radius: 4px 4px 0 0;
    padding: 8px 12px;
  }
  textarea {
    width: 100%;
  }
  input[type="checkbox"] {
    min-height: 0;
    width: 20px;
    height: 20px;
    accent-color: var(--primary-color);
  }
  /* Home Assistant's colors, with as much contrast as reading needs. */
  button,
  a.button,
  ha-button {
    --ha-button-height: 44px;
    --ca-on: color-mix(in srgb, var(--ha-color-on-primary-normal) 55%, var(--primary-text-color));
    --wa-color-on-normal: var(--ca-on);
    font-size: var(--ha-font-size-m);
    font-weight: var(--ha-font-weight-medium);
  }
  ha-button[appearance="accent"],
  button.main,
  a.button.main {
    --wa-color-fill-loud: var(--ca-loud);
    --ca-loud: color-mix(in srgb, var(--ha-color-fill-primary-loud-resting) 75%, #000);
  }
  ha-button[variant="danger"],
  button.stop {
    --ca-on: var(--ha-color-on-danger-normal);
  }
  ha-button svg {
    width: 20px;
    height: 20px;
    display: block;
  }
  button,
  a.button {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    justify-content: center;
    padding: 8px 16px;
    border-radius: var(--ha-border-radius-pill);
    background: var(--ha-color-fill-primary-normal-resting);
    color: var(--ca-on);
    cursor: pointer;
    line-height: 1.2;
    text-decoration: none;
    transition: background-color var(--ha-animation-duration-fast) ease-out;
  }
  button svg.icon,
  a.button svg.icon {
    width: 20px;
    height: 20px;
  }
  button.main,
  a.button.main {
    background: var(--ca-loud);
    color: var(--ha-color-on-primary-loud);
  }
  button.stop {
    background: var(--ha-color-fill-danger-normal-resting);
  }
  button:is(.text, .only-icon) {
    background: transparent;
  }
  button.only-icon {
    width: 48px;
    height: 48px;
    padding: 0;
    color: inherit;
  }
  button.only-icon svg.icon {
    width: 24px;
    height: 24px;
  }
  @media (hover: hover) {
    button:hover:not(:disabled),
    a.button:hover {
      filter: brightness(0.96);
    }
  }
  ha-select,
  ha-date-input,
  ha-time-input,
  ha-entity-picker {
    --secondary-text-color: var(--ca-soft);
    display: block;
    max-width: 400px;
  }
  ha-control-select {
    --control-select-thickness: 44px;
    --control-select-color: color-mix(in srgb, var(--primary-color) 75%, #000);
  }
  ha-switch,
  .toggle {
    display: flex;
    min-height: 44px;
    align-items: center;
  }
  ha-switch {
    align-items: stretch;
  }
  ha-switch::part(base) {
    flex-direction: row-reverse;
    justify-content: space-between;
    gap: 16px;
    min-height: 44px;
    margin: 0;
  }
  ha-switch::part(label) {
    margin: 0;
  }
  .toggle input {
    appearance: none;
    position: relative;
    flex: none;
    width: 48px;
    height: 24px;
    padding: 0;
    border: 1px solid var(--ha-color-border-neutral-normal);
    border-radius: 12px;
    background: var(--ha-color-fill-disabled-quiet-resting);
    cursor: pointer;
  }
  .toggle input::before {
    content: "";
    position: absolute;
    inset-block-start: 2px;
    inset-inline-start: 2px;
    width: 18px;
    height: 18px;
    border-radius: 50%;
    background: var(--ha-color-on-neutral-normal);
    transition: inset-inline-start var(--ha-animation-duration-fast);
  }
  .toggle input:checked {
    border-color: var(--primary-color);
    background: var(--ha-color-fill-primary-normal-resting);
  }
  .toggle input:checked::before {
    inset-inline-start: 26px;
    background: var(--primary-color);
  }
  .segmented {
    display: flex;
    padding: 4px;
    border-radius: 10px;
    background: color-mix(in srgb, var(--disabled-color) 20%, transparent);
  }
  .segmented label {
    flex: 1;
    min-height: 36px;
    justify-content: center;
    border-radius: 6px;
    cursor: pointer;
    font-weight: var(--ha-font-weight-medium);
  }
  .segmented label:has(:checked) {
    background: color-mix(in srgb, var(--primary-color) 75%, #000);
    color: #fff;
  }
  .segmented label:has(:focus-visible) {
    outline: 3px solid var(--primary-color);
    outline-offset: 2px;
  }
  /* A row of choices, one of which may be what is set. */
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block: 8px;
  }
  .chips button {
    border: 1px solid var(--outline-color);
    border-radius: 8px;
    padding-inline: 12px;
    background: transparent;
    color: var(--primary-text-color);
  }
  .chips button[aria-pressed="true"] {
    border-color: transparent;
    background: var(--ha-color-fill-primary-normal-resting);
    color: var(--ca-on);
  }
  .notice {
    margin-block: 8px;
  }
  .notice,
  .status {
    display: flex;
    gap: 8px;
    align-items: center;
    padding: 8px 12px;
    border-radius: 4px;
    background: color-mix(in srgb, var(--tint) 12%, transparent);
    --tint: var(--info-color);
  }
  .status {
    display: block;
  }
  .notice svg {
    color: var(--tint);
  }
  :is(.notice.success, .status.good) {
    --tint: var(--success-color);
  }
  :is(.notice.warning, .status.warning) {
    --tint: var(--warning-color);
  }
  :is(.notice.error, .status.bad) {
    --tint: var(--error-color);
  }
  .status strong {
    font-size: 1.1rem;
    font-weight: 500;
  }
  ha-alert {
    display: block;
    margin-block: 8px;
  }
  /* Nothing there, or not yet. */
  .state {
    display: flex;
    flex-direction: column;
    gap: 8px;
    align-items: center;
    justify-content: center;
    padding: 16px;
    min-height: 88px;
    box-sizing: border-box;
    text-align: center;
    color: var(--secondary-text-color);
  }
  .spinner {
    width: 28px;
    height: 28px;
    box-sizing: border-box;
    border: 4px solid var(--divider-color);
    border-block-start-color: var(--primary-color);
    border-radius: 50%;
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  dialog {
    width: min(560px, calc(100vw - 32px));
    box-sizing: border-box;
    padding: 24px;
    border: 0;
    border-radius: var(--ha-dialog-border-radius, 28px);
    background: var(--ha-dialog-surface-background, var(--card-background-color));
    color: inherit;
  }
  .fields {
    display: grid;
    gap: 16px;
    margin-block-end: 8px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    justify-content: flex-end;
    width: 100%;
  }
  dialog .actions {
    margin-block-start: 16px;
  }
  summary {
    position: relative;
    list-style: none;
    cursor: pointer;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary svg {
    position: absolute;
    inset-inline-end: 12px;
    inset-block-start: 13px;
  }
  details[open] > summary svg {
    transform: rotate(180deg);
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
  }
  section > details > summary h2 {
    margin: 0;
  }
  section > details > summary .set {
    overflow-wrap: anywhere;
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
  section > a.to:only-child {
    margin-block-start: -12px;
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  :focus-visible {
    outline: 3px solid var(--primary-color);
    outline-offset: 2px;
  }
  label {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    max-width: 100%;
    min-height: 44px;
  }
  label.field {
    display: inline-flex;
    flex-direction: column;
    align-items: start;
    gap: 4px;
    font-size: var(--ha-font-size-s);
    color: var(--secondary-text-color);
  }
  label.field > * {
    font-size: var(--ha-font-size-l);
    color: var(--primary-text-color);
  }
  .quiet {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;
