/** What the panel's views have in common: one building, seen through one connection. */

import { LitElement, type CSSResultGroup } from "lit";
import { property } from "lit/decorators.js";

import type { Access } from "./access";
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

/** The reader's own residences in a building. */
export function mine(building: Building): Resident[] {
  return building.residents.filter((resident) => resident.is_me);
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

  /** Open a page of its own, also where a browser keeps a page from opening others. */
  protected async openPage(asked: Promise<{ path: string }>): Promise<void> {
    const { path } = await asked;
    if (window.open(path) === null) window.location.assign(path);
  }

  protected tell(told: Told): void {
    this.dispatchEvent(new CustomEvent<Told>("ca-told", { detail: told, bubbles: true, composed: true }));
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
