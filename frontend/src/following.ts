/** What panel and card have in common: the reader's words, and what they see of the buildings, both as they change. */

import type { LitElement, ReactiveController } from "lit";

import { Access } from "./access";
import { Words, type Home } from "./home";
import type { Building, WithoutLedger } from "./model";

export class Following implements ReactiveController {
  /** Undefined until the reader's language is loaded. */
  words: Words | undefined;
  access!: Access;
  failure = "";
  /** Grows whenever couriers came or went. */
  news = 0;
  /** Grows whenever an administrator's view of a building changes. */
  ownersNews = 0;
  #shown: Home | undefined;
  #given: Home | undefined;
  #spoken = "";
  #leave: (() => void) | undefined;
  #followed: Home["connection"] | undefined;

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  get home(): Home | undefined {
    return this.#given;
  }

  /** The front end hands this over at each change of any state in the house; most have nothing to do with couriers. */
  set home(home: Home | undefined) {
    const before = this.#given;
    this.#given = home;
    if (!before || !home || this.#looksOther(before, home)) this.host.requestUpdate();
  }

  get buildings(): Building[] | undefined {
    return this.access?.buildings;
  }

  /** All that the reader has to do with, and last those of theirs that are without their record. */
  get all(): (Building | WithoutLedger)[] {
    return [...(this.buildings ?? []), ...(this.access?.withoutLedger ?? [])];
  }

  /** The key of the words that say why no building is shown. */
  get absence(): string {
    if (!this.buildings) return "panel_loading";
    return this.access.notReady.length > 0 ? "panel_nothing_ready" : "panel_no_building";
  }

  /** Whether what is known of a building is how it is now. */
  isReady({ building }: Building): boolean {
    return !this.access.notReady.includes(building);
  }

  hostConnected(): void {
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#leave?.();
    this.#leave = this.#followed = undefined;
  }

  hostUpdate(): void {
    const { home } = this;
    if (!home) return;
    if (this.#spoken !== home.language) void this.#learn(home);
    else if (this.words && this.#shown && speaksOtherwise(this.#shown, home)) this.#speak(home);
    this.#shown = home;
    if (this.#followed !== home.connection) this.#follow(home.connection);
  }

  #looksOther(before: Home, home: Home): boolean {
    return (
      before.connection !== home.connection ||
      speaksOtherwise(before, home) ||
      [...this.#locks, ...(this.access?.sources ?? [])].some((id) => before.states[id] !== home.states[id])
    );
  }

  get #locks(): string[] {
    const doors = this.buildings?.flatMap((building) => building.doors) ?? [];
    return doors.flatMap(({ lock }) => lock ?? []);
  }

  async #learn(home: Home): Promise<void> {
    this.#spoken = home.language;
    const load = (category: string) => home.loadBackendTranslation(category, "courier_access");
    await Promise.all(["common", "exceptions", "issues"].map(load));
    // A card in the picker gets no other `hass` than its first, in which these words are missing.
    const localize = await load("common");
    this.#speak({ ...(this.home ?? home), localize });
    this.host.requestUpdate();
  }

  /** Words in another language than the page's are marked as that, and run from the left as they are written. */
  #speak(home: Home): void {
    this.words = new Words(home);
    const { isForeign, language } = this.words;
    for (const [name, value] of Object.entries({ lang: language, dir: "ltr" })) {
      if (isForeign) this.host.setAttribute(name, value);
      else this.host.removeAttribute(name);
    }
  }

  #follow(connection: Home["connection"]): void {
    this.#leave?.();
    this.#followed = connection;
    this.access = Access.on(connection);
    this.#leave = this.access.follow({
      changed: (entries, owner) => {
        this.failure = "";
        if (entries) this.news++;
        if (owner) this.ownersNews++;
        this.host.requestUpdate();
      },
      failed: (error) => {
        this.failure = this.words?.refusal(error) ?? String(error);
        this.host.requestUpdate();
      },
    });
  }
}

/** Whether words, dates and times read otherwise. */
function speaksOtherwise(before: Home, home: Home): boolean {
  return (
    before.language !== home.language ||
    before.localize !== home.localize ||
    before.locale !== home.locale ||
    before.config.time_zone !== home.config.time_zone
  );
}
