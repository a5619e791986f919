import { describe, expect, test } from "vitest";

import { Draft } from "../src/draft";
import type { Rules, RulesChange } from "../src/model";

const RULES: Rules = {
  unit: "3B",
  revision: 4,
  consent: "given",
  windows: {},
  exceptions: [],
  default: "allow",
  couriers: {},
  removed_couriers: [],
  default_proof: "pass",
  proofs: {},
  only_while: [],
  never_while: [],
  share_hours: false,
  digest_at: null,
};

/** A house that keeps rules as the integration does: what is written for an older revision is refused. */
class House {
  rules = RULES;
  sent: [number, RulesChange][] = [];
  refuses: Error | undefined;

  async read(): Promise<Rules> {
    return this.rules;
  }

  async write(revision: number, change: RulesChange): Promise<Rules> {
    this.sent.push([revision, change]);
    await Promise.resolve();
    if (this.refuses) throw this.refuses;
    if (revision !== this.rules.revision) throw new Error("stale");
    this.rules = { ...this.rules, ...change, revision: revision + 1 };
    return this.rules;
  }
}

async function edited(): Promise<{ house: House; draft: Draft; shown: Rules[]; refused: unknown[] }> {
  const house = new House();
  const shown: Rules[] = [];
  const refused: unknown[] = [];
  const draft = new Draft(
    {
      rules: () => house.read(),
      setRules: (_building, _resident, revision, change) => house.write(revision, change),
    },
    "b1",
    "r1",
    (rules) => shown.push(rules),
    (error) => refused.push(error),
  );
  await draft.load();
  return { house, draft, shown, refused };
}

describe("rules that are edited", () => {
  test("are shown at once and kept by the house", async () => {
    const { house, draft, shown } = await edited();
    const sent = draft.change({ default: "ask" });
    expect(shown.at(-1)?.default).toBe("ask");
    expect(await sent).toBe(true);
    expect(house.rules.default).toBe("ask");
    expect(shown.at(-1)?.revision).toBe(5);
  });

  test("roll back to what holds when the house refuses, and its reason is told", async () => {
    const { house, draft, shown, refused } = await edited();
    house.refuses = new Error("the schedule is wrong");
    expect(await draft.change({ share_hours: true })).toBe(false);
    expect(refused).toEqual([house.refuses]);
    expect(shown.at(-1)).toEqual(RULES);
  });

  test("are sent one after the other, each on the revision before", async () => {
    const { house, draft, shown } = await edited();
    const changes = [draft.change({ default: "ask" }), draft.change({ share_hours: true })];
    expect(await Promise.all(changes)).toEqual([true, true]);
    expect(house.sent.map(([revision]) => revision)).toEqual([4, 5]);
    expect(shown.at(-1)).toMatchObject({ default: "ask", share_hours: true, revision: 6 });
    expect(shown.slice(2).every((rules) => rules.share_hours)).toBe(true);
  });

  test("are given back by undo, and again by its own undo", async () => {
    const { house, draft } = await edited();
    await draft.change({ default: "deny" });
    await draft.undo();
    expect(house.rules.default).toBe("allow");
    expect(await draft.undo()).toBe(true);
    expect(house.rules.default).toBe("deny");
  });

  test("are given back once by two taps on undo", async () => {
    const { house, draft } = await edited();
    await draft.change({ default: "deny" });
    expect(await Promise.all([draft.undo(), draft.undo()])).toEqual([true, false]);
    expect(house.sent).toHaveLength(2);
  });

  test("deny a removed courier again by undo", async () => {
    const { house, draft } = await edited();
    house.rules = { ...RULES, removed_couriers: [{ courier: "gone", name: "Parcel Post" }] };
    await draft.load();
    await draft.change({ couriers: { gone: "allow" } });
    await draft.undo();
    expect(house.sent.map(([, change]) => change)).toEqual([{ couriers: { gone: "allow" } }, { couriers: { gone: "deny" } }]);
  });

  test("ask about new couriers until that is undone", async () => {
    const { house, draft } = await edited();
    await draft.change({ new_couriers: "ask" });
    await draft.undo();
    expect(house.sent.map(([, change]) => change)).toEqual([{ new_couriers: "ask" }, { default: "allow", couriers: {} }]);
  });

  test("that another device changed are read anew, and nothing is lost of that", async () => {
    const { house, draft, shown, refused } = await edited();
    house.rules = { ...RULES, revision: 9, digest_at: "19:30" };
    expect(await draft.change({ default: "deny" })).toBe(false);
    expect(refused).toHaveLength(1);
    expect(shown.at(-1)).toMatchObject({ default: "allow", digest_at: "19:30", revision: 9 });
  });
});
