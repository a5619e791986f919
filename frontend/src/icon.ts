/** The few Material Design icons that the panel draws itself, so that it needs none of the front end's elements. */

import { html, type TemplateResult } from "lit";

const PATHS = {
  open: "M7.41,8.58L12,13.17L16.59,8.58L18,10L12,16L6,10L7.41,8.58Z",
} as const;

export type Icon = keyof typeof PATHS;

/** An icon beside words that say the same. */
export function icon(name: Icon): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
}
