/** Required actions: each red state of the building once, with where it is solved. */

import { settings, viewOf } from "./addresses";
import type { Words } from "./home";
import type { Issue, Owned, OwnedCourier, OwnedDoor, OwnedResident } from "./model";
import { about, inOrder, isOutOfReach, keptOutBy, named } from "./owned";

export const REPAIRS = "/config/repairs";
const NETWORK = "/config/network";
const CLOUD = "/config/cloud";
/** How many people one line names. */
const NAMED = 3;
const CANT_BE_REACHED = ["nothing", "not_https"];

export interface Action {
  kind: string;
  /** Its door, courier, or residents. */
  name: string;
  says: string;
  /** What to do, where a sentence doesn't say it all. */
  more?: string;
  href: string;
}

/** What is red about a door, as a key of words; undefined if nothing is. */
export function doorFault(door: OwnedDoor): string | undefined {
  if (!door.available) return "door_unavailable";
  if (door.left_open) return "left_open";
  return door.position === "jammed" ? "door_jammed" : undefined;
}

/** What is red about a courier: what it can't do without an administrator. */
export function courierFault(courier: OwnedCourier, neverHeard: readonly string[] = []): string | undefined {
  if (!courier.enabled) return undefined;
  if (!courier.doors.length) return "courier_no_doors";
  if (!courier.keys.length) return undefined;
  if (courier.reach === "not_https") return "courier_not_https";
  if (courier.reach === "nothing" || courier.reach === "cloud_gone") return "courier_cut_off";
  if (isRefused(courier)) return "courier_refused";
  if (courier.uses_newest_key === false) return "courier_old_key";
  return neverHeard.includes(courier.courier) ? "courier_never_heard" : undefined;
}

/** What a courier itself sent wrongly, and not a decision or a state of the building. */
const ITS_OWN = ["unauthenticated", "malformed", "unsupported", "too_large"];

function isRefused({ last_refusal: last, last_contact: heard }: OwnedCourier): boolean {
  return last !== null && ITS_OWN.includes(last.why) && (heard === null || heard < last.at);
}

/** What is red about a resident. */
export function residentFault(resident: OwnedResident): string | undefined {
  if (isOutOfReach(resident)) return "unreachable";
  return resident.consent === "not_given" ? "consent_not_given" : undefined;
}

/** All of it, what keeps couriers out before all else; `inSetup` is what the set-up asks for already. */
export function required(owned: Owned, words: Words, isInSetup = false): Action[] {
  return new Required(owned, words).all(isInSetup ? ["no_residents", "no_consent", "consent_not_given"] : []);
}

class Required {
  readonly #edit: string;

  constructor(
    private readonly owned: Owned,
    private readonly words: Words,
  ) {
    this.#edit = settings(owned);
  }

  all(without: readonly string[]): Action[] {
    const actions = [...this.#keptOut(), ...this.#issues(), ...this.#address(), ...this.#doors(), ...this.#couriers(), ...this.#residents()];
    return actions.filter(({ kind }) => !without.includes(kind));
  }

  #say(key: string, values?: Record<string, string | number>): string {
    return this.words.say(`panel_${key}`, values);
  }

  #has(kind: string, subject?: string): boolean {
    return this.owned.issues.some((issue) => issue.kind === kind && (subject === undefined || issue.subject === subject));
  }

  /** What keeps couriers out although its issue is ignored. */
  #keptOut(): Action[] {
    const kind = keptOutBy(this.owned);
    if (kind === null || this.#has(kind)) return [];
    return [{ kind, name: this.#say("record"), says: this.words.issue(kind, "title", { building: this.owned.name }), href: REPAIRS }];
  }

  #issues(): Action[] {
    return inOrder(this.owned)
      .filter(({ kind }) => kind !== "no_external_url" || !this.#unreachable.length)
      .map((issue) => this.#issue(issue));
  }

  #issue(issue: Issue): Action {
    const { kind, placeholders } = issue;
    const resident = about(this.owned, issue);
    return {
      kind,
      name: this.words.issue(kind, "title", placeholders),
      says: resident ? named(this.owned, this.words, resident) : "",
      ...(!issue.is_fixable && { more: this.words.issue(kind, "description", placeholders) }),
      href: { no_external_url: NETWORK, cloud_address_gone: CLOUD, no_residents: this.#edit, no_responsible: this.#edit }[kind] ?? REPAIRS,
    };
  }

  get #unreachable(): OwnedCourier[] {
    return this.owned.couriers.filter(
      ({ enabled, keys, reach }) => enabled && keys.length && CANT_BE_REACHED.includes(reach),
    );
  }

  /** One address serves all couriers. */
  #address(): Action[] {
    const [first] = this.#unreachable;
    if (!first) return [];
    const names = this.#unreachable.map(({ name }) => name);
    return [{ kind: "address", name: this.#list(names), says: this.#say(`reach_${first.reach}`), href: NETWORK }];
  }

  #doors(): Action[] {
    return this.owned.doors.flatMap((door) => {
      const fault = doorFault(door);
      if (!fault || this.#has("opener_offline", door.door) || this.#has("opener_removed", door.door)) return [];
      return [{ kind: fault, name: door.name, says: this.#say(fault), href: fault === "left_open" ? viewOf(this.owned, "entries") : this.#edit }];
    });
  }

  #couriers(): Action[] {
    return this.owned.couriers.flatMap((courier) => {
      const fault = courierFault(courier, this.owned.never_heard);
      if (!fault || CANT_BE_REACHED.includes(courier.reach)) return [];
      const isIssue = { courier_cut_off: "cloud_address_gone", courier_old_key: "key_ending" }[fault];
      if (isIssue && this.#has(isIssue, courier.courier)) return [];
      return [
        { kind: fault, name: courier.name, says: this.#say(fault), href: fault === "courier_cut_off" ? CLOUD : this.#edit },
      ];
    });
  }

  #residents(): Action[] {
    const unreachable = this.owned.residents.filter(
      (each) => isOutOfReach(each) && !this.#has("resident_unreachable", each.resident),
    );
    const undecided = this.#has("no_consent")
      ? []
      : this.owned.residents.filter(({ consent }) => consent === "not_given");
    return [
      ...this.#people("unreachable", unreachable),
      ...this.#people("consent_not_given", undecided),
    ];
  }

  #people(fault: string, residents: readonly OwnedResident[]): Action[] {
    if (!residents.length) return [];
    return [{ kind: fault, name: this.#list(residents.map((each) => named(this.owned, this.words, each))), says: this.#say(fault), href: this.#edit }];
  }

  #list(names: readonly string[]): string {
    const more = names.length - NAMED;
    return names.slice(0, NAMED).join("; ") + (more > 0 ? `; +${more}` : "");
  }
}
