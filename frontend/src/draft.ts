/** One resident's rules as they are edited: shown at once, kept by the house, taken back where it refuses. */

import type { Access } from "./access";
import type { Rules, RulesChange } from "./model";

type Part = keyof Rules & keyof RulesChange;

/** What undo gives back of a change; what a yes or a no was isn't given back. */
const PARTS: Partial<Record<keyof RulesChange, readonly Exclude<Part, "consent">[]>> = {
  consent: [],
  text: [],
  new_couriers: ["default", "couriers"],
  open_once: ["exceptions"],
};

export class Draft {
  #kept: Rules | undefined;
  #last: RulesChange | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** `show` is called with the rules as they are to be seen, `refused` with the house's reason. */
  constructor(
    private readonly access: Pick<Access, "rules" | "setRules">,
    private readonly building: string,
    readonly resident: string,
    private readonly show: (rules: Rules) => void,
    private readonly refused: (error: unknown) => void,
  ) {}

  /** Read what holds, unless a change is on its way, which brings it along. */
  async load(): Promise<void> {
    if (this.#waiting) return;
    try {
      const rules = await this.access.rules(this.building, this.resident);
      if (!this.#waiting) this.#take(rules);
    } catch (error) {
      this.refused(error);
    }
  }

  /** Whether it was kept. Changes are sent one after the other, each on the revision that the one before made. */
  async change(change: RulesChange): Promise<boolean> {
    const before = this.#kept;
    if (!before) return false;
    this.#waiting++;
    this.#take({ ...before, ...change });
    const sent = this.#queue.then(() => this.#send(change, before));
    this.#queue = sent;
    return sent;
  }

  /** Give back what the last change replaced, which another undo takes back; whether it was kept. */
  async undo(): Promise<boolean> {
    const last = this.#last;
    this.#last = undefined;
    return last !== undefined && this.change(last);
  }

  async #send(change: RulesChange, before: Rules): Promise<boolean> {
    const revision = this.#kept?.revision ?? before.revision;
    try {
      const rules = await this.access.setRules(this.building, this.resident, revision, change);
      this.#last = partsOf(before, change);
      this.#waiting--;
      // What was changed meanwhile is shown already and still on its way.
      if (this.#waiting && this.#kept) this.#kept = { ...this.#kept, revision: rules.revision };
      else this.#take(rules);
      return true;
    } catch (error) {
      this.#waiting--;
      this.refused(error);
      await this.load();
      return false;
    }
  }

  #take(rules: Rules): void {
    this.#kept = rules;
    this.show(rules);
  }
}

function partsOf(rules: Rules, change: RulesChange): RulesChange {
  const parts = (Object.keys(change) as Exclude<Part, "consent">[]).flatMap((name) => PARTS[name] ?? [name]);
  const before = Object.fromEntries(parts.map((name) => [name, rules[name]])) as RulesChange;
  const { couriers } = change;
  if (couriers === undefined) return before;
  const lifted = rules.removed_couriers.filter(({ courier }) => courier in couriers);
  const denied = Object.fromEntries(lifted.map(({ courier }) => [courier, "deny" as const]));
  return { ...before, couriers: { ...rules.couriers, ...denied } };
}

/** With another value for one courier, or none. */
export function withOne<Value>(
  values: Readonly<Record<string, Value>>,
  courier: string,
  value: Value | undefined,
): Record<string, Value> {
  const { [courier]: _, ...others } = values;
  return value === undefined ? others : { ...others, [courier]: value };
}
