/** What the panel's views have in common: one building, seen through one connection. */

import { html, LitElement, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { Directive, directive, type ElementPart } from "lit/directive.js";

import type { Access } from "./access";
import { viewOf } from "./addresses";
import type { Home, Words } from "./home";
import type { Building, Named, Resident } from "./model";
import { shared } from "./style";

/** How long a sentence is shown that can't be undone. */
export const TOLD_SECONDS = 10;

/** Asks the panel to show a sentence for a moment, with a way back where there is one. */
export interface Told {
  text: string;
  undo?: () => void;
}

/** Whether all is known of a building, not only what can be without its access log. */
export function isWhole(building: Named): building is Building {
  return "residents" in building;
}

/** The reader's own residences in a building. */
export function mine(building: Building): Resident[] {
  return building.residents.filter((resident) => resident.is_me);
}

/** Open a page of its own, also where a browser keeps a page from opening others. */
export async function openPage(asked: Promise<{ path: string } | undefined>): Promise<void> {
  const path = (await asked)?.path;
  if (path && window.open(path) === null) window.location.assign(path);
}

export abstract class View<Shown extends Named = Building> extends LitElement {
  static override styles: CSSResultGroup = shared;

  @property({ attribute: false }) home!: Home;
  @property({ attribute: false }) words!: Words;
  @property({ attribute: false }) access!: Access;
  @property({ attribute: false }) building!: Shown;

  protected say(key: string, values?: Record<string, string | number>): string {
    return this.words.say(`panel_${key}`, values);
  }

  /** Where the reader can decide otherwise. */
  protected get toDecision(): TemplateResult {
    return html`<p><a class="to" href=${viewOf(this.building, "hours")}>${this.say("change_decision")}</a></p>`;
  }

  /** Whether another building was shown before. */
  protected isOther(changed: PropertyValues<View<Shown>>): boolean {
    const before = changed.get("building");
    return before !== undefined && before.building !== this.building.building;
  }

  /** Send an event to the elements around this view. */
  protected raise<Detail>(name: string, detail?: Detail): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  protected tell(told: Told): void {
    this.raise("ca-told", told);
  }

  /** Do something and say what came of it; whether it was done. */
  protected async act(deed: () => Promise<unknown>, done?: string): Promise<boolean> {
    try {
      await deed();
      if (done) this.tell({ text: done });
      return true;
    } catch (error) {
      this.tell({ text: this.words.refusal(error) });
      return false;
    }
  }
}

/** What every view is given. */
export type Seen = Pick<View<Named>, "words" | "access" | "building"> & { home: Home | undefined };

class SeenBy extends Directive {
  override render(_: Seen): typeof nothing {
    return nothing;
  }

  override update({ element }: ElementPart, [{ home, words, access, building }]: [Seen]): typeof nothing {
    Object.assign(element, { home, words, access, building });
    return nothing;
  }
}

/** Shows a view what another one is shown. */
export const seenBy = directive(SeenBy);
