/** A group of settings that folds up to one line: its heading, and what is set. */

import { html, type TemplateResult } from "lit";

import { icon } from "./icon";

export function group(
  heading: string,
  set: string | TemplateResult,
  inside: TemplateResult,
  open = false,
): TemplateResult {
  return html`
    <section>
      <details ?open=${open}>
        <summary>
          <h2>${heading}</h2>
          <span class="set soft">${set}</span>
          ${icon("open")}
        </summary>
        <div class="inside">${inside}</div>
      </details>
    </section>
  `;
}
