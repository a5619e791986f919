/**
 * The panel's controls: Home Assistant's own element if this version has it, else a native one that looks the same.
 *
 * Whatever is not defined yet is drawn natively at once and exchanged when it comes, unless somebody is in it. Nearly
 * all elements are there with the front end's shell; those for dates and times come with a selector that asks for them.
 *
 * These stay native, since Home Assistant's bring nothing or cost something: a card (`section` has its look), an icon
 * (`icon.ts` draws the same svg), tabs (links, which can be opened elsewhere), chips (a filter chip turns itself on,
 * whatever is set, and is 32 px high), and groups that fold up (`group.ts`).
 */

import { html, nothing, type ChildPart, type TemplateResult } from "lit";
import { AsyncDirective } from "lit/async-directive.js";
import { directive, type ElementPart, type PartInfo } from "lit/directive.js";
import { live } from "lit/directives/live.js";

import { localeBeside, type Home } from "./home";
import { icon, path, type Icon } from "./icon";

type Drawn = () => TemplateResult;
type Act = (event: Event) => void;
type Text = string | TemplateResult;

class Either extends AsyncDirective {
  readonly #part: ChildPart;
  #awaits: string | undefined;
  #own: Drawn | undefined;

  constructor(part: PartInfo) {
    super(part);
    this.#part = part as unknown as ChildPart;
  }

  override render(tag: string, own: Drawn, native: Drawn): TemplateResult {
    this.#own = own;
    if (customElements.get(tag) && !this.#isInUse) {
      this.#awaits = undefined;
      return own();
    }
    if (this.#awaits !== tag) {
      this.#awaits = tag;
      void customElements.whenDefined(tag).then(() => this.#exchange(tag));
    }
    return native();
  }

  #exchange(tag: string): void {
    if (!this.isConnected || this.#awaits !== tag || !this.#own || this.#isInUse) return;
    this.#awaits = undefined;
    this.setValue(this.#own());
  }

  /** Whether somebody is in the native element, and would lose their place. */
  get #isInUse(): boolean {
    if (!this.#awaits) return false;
    const active = (this.#part.parentNode.getRootNode() as Document | ShadowRoot).activeElement;
    for (let node = this.#part.startNode?.nextSibling; active && node && node !== this.#part.endNode; node = node.nextSibling)
      if (node.contains(active)) return true;
    return false;
  }
}

/** Draw Home Assistant's element if it is defined, or else a native one until it is. */
const either = directive(Either);

/** `plain` for most, `main` for the one that a view is for, `stop` only for what destroys, `text` beside others. */
export type Kind = "plain" | "main" | "stop" | "text";

const LOOKS = {
  plain: ["filled", "brand"],
  main: ["accent", "brand"],
  stop: ["filled", "danger"],
  text: ["plain", "brand"],
} as const;

export interface ButtonOptions {
  kind?: Kind;
  icon?: Icon;
  disabled?: boolean;
  /** Its name for those who don't see where it stands. */
  name?: string;
  /** Whether it sends its form. */
  submits?: boolean;
  /** Where it leads to: it is a link, which can be opened elsewhere. */
  href?: string;
}

const DO_NOTHING = (): void => undefined;

export function button(label: Text, act: Act = DO_NOTHING, options: ButtonOptions = {}): TemplateResult {
  const { kind = "plain", disabled = false, name = nothing, href } = options;
  const [appearance, variant] = LOOKS[kind];
  const type = options.submits ? "submit" : "button";
  return html`${either(
    "ha-button",
    () => html`<ha-button
      type=${type} appearance=${appearance} variant=${variant} .disabled=${disabled} aria-label=${name} @click=${act}
      href=${href ?? nothing}
      >${options.icon ? html`<span slot="start">${icon(options.icon)}</span>` : nothing}${label}</ha-button
    >`,
    () => {
      const inside = html`${options.icon ? icon(options.icon) : nothing}${label}`;
      return href === undefined
        ? html`<button type=${type} class=${kind} ?disabled=${disabled} aria-label=${name} @click=${act}>${inside}</button>`
        : html`<a class="button ${kind}" href=${href} aria-label=${name}>${inside}</a>`;
    },
  )}`;
}

/** A button that is only an icon; its name is said and shown as a tooltip. */
export function iconButton(name: Icon, label: string, act: Act, disabled = false): TemplateResult {
  return html`${either(
    "ha-icon-button",
    () => html`<ha-icon-button
      .label=${label} .path=${path(name)} .disabled=${disabled} @click=${act}
    ></ha-icon-button>`,
    () => html`<button type="button" class="only-icon" title=${label} aria-label=${label} ?disabled=${disabled} @click=${act}>
      ${icon(name)}
    </button>`,
  )}`;
}

/** Open the sidebar on a narrow screen; with the dot that says that there are notifications. */
export function menuButton(home: Home | undefined, narrow: boolean, label: string, act: Act): TemplateResult {
  return html`${either(
    "ha-menu-button",
    () => html`<ha-menu-button .hass=${home} .narrow=${narrow}></ha-menu-button>`,
    () => (narrow ? iconButton("menu", label, act) : html``),
  )}`;
}

/** Put the keyboard on a control that was just drawn: Home Assistant's have nothing to focus before they are. */
export async function focusOn(control: Element | null): Promise<void> {
  if (control && "updateComplete" in control) await control.updateComplete;
  if (control instanceof HTMLElement) control.focus();
}

export interface Choice<Value> {
  value: Value;
  label: string;
}

/** One of several, of whatever type. */
export function select<Value>(
  label: string,
  value: Value | undefined,
  choices: readonly Choice<Value>[],
  choose: (value: Value) => void,
  disabled = false,
): TemplateResult {
  const at = choices.findIndex((choice) => choice.value === value);
  const take = (index: string) => {
    const chosen = choices[Number(index)];
    if (chosen && Number(index) !== at) choose(chosen.value);
  };
  const options = choices.map(({ label }, index) => ({ value: String(index), label }));
  return html`${either(
    "ha-select",
    () => html`<ha-select
      .label=${label} .options=${options} .value=${at < 0 ? undefined : String(at)} .disabled=${disabled}
      @selected=${(event: CustomEvent<{ value: string }>) => {
        event.stopPropagation();
        take(event.detail.value);
      }}
    ></ha-select>`,
    () => html`<label class="field"
      >${label}
      <select ?disabled=${disabled} @change=${(event: Event) => take((event.target as HTMLSelectElement).value)}>
        ${at < 0 ? html`<option value="" selected></option>` : nothing}
        ${options.map((option, index) => html`<option value=${option.value} .selected=${index === at}>${option.label}</option>`)}
      </select>
    </label>`,
  )}`;
}

/** On or off, at once. */
export function toggle(label: Text, on: boolean, turn: (on: boolean) => void, disabled = false): TemplateResult {
  const change = (event: Event) => turn((event.target as HTMLInputElement).checked);
  return html`${either(
    "ha-switch",
    () => html`<ha-switch .checked=${live(on)} .disabled=${disabled} @change=${change}>${label}</ha-switch>`,
    () => html`<label class="toggle"
      ><span class="grow">${label}</span
      ><input type="checkbox" role="switch" .checked=${live(on)} ?disabled=${disabled} @change=${change}
    /></label>`,
  )}`;
}

/** One of two to four short words, all of which are seen. */
export function segmented<Value extends string>(
  label: string,
  value: Value | undefined,
  choices: readonly Choice<Value>[],
  choose: (value: Value) => void,
): TemplateResult {
  return html`${either(
    "ha-control-select",
    () => html`<ha-control-select
      .label=${label} .options=${choices} .value=${live(value)}
      @value-changed=${(event: CustomEvent<{ value: Value }>) => {
        event.stopPropagation();
        if (event.detail.value !== value) choose(event.detail.value);
      }}
    ></ha-control-select>`,
    () => html`<div class="segmented" role="radiogroup" aria-label=${label}>
      ${choices.map(
        (choice) => html`<label
          ><input
            type="radio" name=${label} class="quiet" .checked=${live(choice.value === value)}
            @change=${() => choose(choice.value)}
          /><span>${choice.label}</span></label
        >`,
      )}
    </div>`,
  )}`;
}

/** A row of choices, one of which may be what is set. */
export function chips<Value extends string>(
  label: string,
  value: Value | undefined,
  choices: readonly Choice<Value>[],
  choose: (value: Value) => void,
): TemplateResult {
  return html`<div class="chips" role="group" aria-label=${label}>
    ${choices.map(
      (choice) => html`<button
        type="button" data-value=${choice.value} aria-pressed=${choice.value === value}
        @click=${() => choice.value !== value && choose(choice.value)}
      >
        ${choice.value === value ? icon("check") : nothing}${choice.label}
      </button>`,
    )}
  </div>`;
}

export type AlertKind = "info" | "success" | "warning" | "error";

/** Something that has to be seen; it is said at once, too. */
export function alert(kind: AlertKind, content: Text, action: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`${either(
    "ha-alert",
    () => html`<ha-alert alert-type=${kind}
      >${content}${action === nothing ? nothing : html`<span slot="action">${action}</span>`}</ha-alert
    >`,
    () => html`<div class="notice ${kind}" role="alert">
      ${icon("alert")}<span class="grow">${content}</span>${action}
    </div>`,
  )}`;
}

/** Opens a native dialog, and leads back from any dialog to where one was. */
class Opened extends AsyncDirective {
  readonly #before = focused();

  override render(): typeof nothing {
    return nothing;
  }

  override update({ element }: ElementPart): typeof nothing {
    // It is not in the document yet.
    queueMicrotask(() => {
      if (element instanceof HTMLDialogElement && element.isConnected && !element.open) element.showModal();
    });
    return nothing;
  }

  protected override disconnected(): void {
    queueMicrotask(() => {
      if (focused() === document.body) this.#before?.focus();
    });
  }
}

const opened = directive(Opened);

function focused(): HTMLElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active as HTMLElement | null;
}

/** A dialog over everything, while it is drawn. `close` is called once it is gone, however that came. */
export function dialog(
  heading: string,
  content: TemplateResult,
  actions: { main: TemplateResult; other?: TemplateResult },
  close: () => void,
): TemplateResult {
  const { main, other = nothing } = actions;
  const closed = (event: Event) => event.target === event.currentTarget && close();
  return html`${either(
    "ha-dialog",
    () => html`<ha-dialog ${opened()} .open=${true} .headerTitle=${heading} @closed=${closed}>
      ${content}
      <div slot="footer" class="actions">${other}${main}</div>
    </ha-dialog>`,
    () => html`<dialog aria-label=${heading} ${opened()} @close=${closed}>
      <h2>${heading}</h2>
      ${content}
      <div class="actions">${other}${main}</div>
    </dialog>`,
  )}`;
}

export interface FieldOptions {
  min?: string;
  name?: string;
  required?: boolean;
}

/** A date as ISO has it. */
export function date(
  home: Home,
  label: string,
  value: string,
  choose: (value: string) => void,
  options: FieldOptions = {},
): TemplateResult {
  return html`${either(
    "ha-date-input",
    () => html`<ha-date-input
      .locale=${localeBeside(home)} .label=${label} .value=${value || undefined} .min=${options.min}
      .canClear=${!options.required}
      @value-changed=${given(choose)}
    ></ha-date-input>`,
    () => html`${pickers(home)}${input("date", label, value, choose, options)}`,
  )}`;
}

/** A time of day as HH:MM. */
export function time(
  home: Home,
  label: string,
  value: string,
  choose: (value: string) => void,
  options: FieldOptions = {},
): TemplateResult {
  return html`${either(
    "ha-time-input",
    () => html`<ha-time-input
      .locale=${localeBeside(home)} .label=${label} .value=${value ? `${value.slice(0, 5)}:00` : undefined}
      .clearable=${!options.required}
      @value-changed=${given((chosen) => choose(chosen.slice(0, 5)))}
    ></ha-time-input>`,
    () => html`${pickers(home)}${input("time", label, value.slice(0, 5), choose, options)}`,
  )}`;
}

function input(
  type: "date" | "time",
  label: string,
  value: string,
  choose: (value: string) => void,
  { min, name, required = false }: FieldOptions,
): TemplateResult {
  return html`<label class="field"
    >${label}
    <input
      type=${type} .value=${live(value)} min=${min ?? nothing} name=${name ?? nothing}
      ?required=${required} @change=${(event: Event) => choose((event.target as HTMLInputElement).value)}
  /></label>`;
}

function given(choose: (value: string) => void): (event: CustomEvent<{ value?: string }>) => void {
  return (event) => {
    event.stopPropagation();
    choose(event.detail.value ?? "");
  };
}

const LOADED = { datetime: {} };

/** Have the front end load its fields for dates and times: this selector needs both. */
function pickers(home: Home): TemplateResult {
  return html`<ha-selector hidden .hass=${home} .selector=${LOADED} .required=${false}></ha-selector>`;
}

/** Search for an entity among those of some domains, without those that are there already. */
export function entity(
  home: Home,
  label: string,
  domains: readonly string[],
  without: readonly string[],
  choose: (id: string) => void,
): TemplateResult {
  return html`${either(
    "ha-entity-picker",
    () => html`<ha-entity-picker
      .hass=${home} .label=${label} .includeDomains=${domains} .excludeEntities=${without} .value=${live("")}
      @value-changed=${given((id) => id && choose(id))}
    ></ha-entity-picker>`,
    () => found(home, label, domains, without, choose),
  )}`;
}

function found(
  home: Home,
  label: string,
  domains: readonly string[],
  without: readonly string[],
  choose: (id: string) => void,
): TemplateResult {
  const ids = Object.keys(home.states).filter((id) => domains.includes(id.split(".")[0] ?? "") && !without.includes(id));
  const take = (event: Event) => {
    const field = event.target as HTMLInputElement;
    if (!ids.includes(field.value)) return;
    choose(field.value);
    field.value = "";
  };
  return html`<label class="field"
      >${label} <input list="entities" autocomplete="off" @input=${take}
    /></label>
    <datalist id="entities">
      ${ids.map((id) => html`<option value=${id}>${home.states[id]?.attributes.friendly_name ?? id}</option>`)}
    </datalist>`;
}

export function spinner(): TemplateResult {
  return html`${either(
    "ha-spinner",
    () => html`<ha-spinner size="small" aria-hidden="true"></ha-spinner>`,
    () => html`<span class="spinner" aria-hidden="true"></span>`,
  )}`;
}

/** What is shown while something is read. */
export function loading(text: string): TemplateResult {
  return html`<p class="state" role="status">${spinner()}<span>${text}</span></p>`;
}

/** What is shown where there is nothing, with what to do about it. */
export function empty(name: Icon, text: Text, action: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<div class="state">${icon(name)}<span>${text}</span>${action}</div>`;
}
