import { describe, expect, test } from "vitest";

import OWN from "../../tests/web/own_hours.json";
import { withOne } from "../src/draft";
import { WEEKDAYS, type Building } from "../src/model";
import { areCut, couriersOf, hoursOf, ownTimes, presetsOf, windowOf } from "../src/parcel";

const RULES = {
  windows: {
    friday: [
      { from: "08:00:00", to: "12:00:00" },
      { from: "17:00:00", to: "21:00:00" },
    ],
    saturday: [{ from: "20:00:00", to: "24:00:00" }],
  },
  exceptions: [
    { from: "2026-12-25", to: "2026-12-26" },
    { from: "2026-12-04", windows: [{ from: "10:00:00", to: "11:00:00" }] },
  ],
};
const FRIDAY = "2026-11-27";
const EARLY = "2026-11-26T12:00:00";

const own = (day: string, longest = 24, now = EARLY, rules: Parameters<typeof ownTimes>[0] = RULES) =>
  ownTimes(rules, day, longest, now, {});

describe("a parcel's window", () => {
  test("may be one's own hours of a date, from the first to the last", () => {
    expect(own(FRIDAY)).toEqual({ from: "08:00", to: "21:00" });
    expect(own("2026-11-28")).toEqual({ from: "20:00", to: "00:00" });
    expect(own("2026-11-29")).toBeUndefined();
  });

  test("follows the exceptions of that date", () => {
    expect(own("2026-12-04")).toEqual({ from: "10:00", to: "11:00" });
    expect(own("2026-12-25")).toBeUndefined();
  });

  test.each(OWN.cases)("is cut to the building's hours and the longest grant as on the personal page: %o", (each) => {
    const windows = (week: string) => {
      const ranges = OWN.weeks[week as keyof typeof OWN.weeks].map(([from, to]) => ({ from: `${from}:00`, to: `${to}:00` }));
      return Object.fromEntries(WEEKDAYS.map((day) => [day, ranges]));
    };
    const rules = { windows: windows(each.week), exceptions: each.off.map((from) => ({ from })) };
    const times = ownTimes(rules, each.day, each.longest, `${each.now}:20`, each.building ? windows(each.building) : {});
    const window = times && windowOf(each.day, times);
    expect(window && [window.starts_at, window.ends_at]).toEqual(each.own?.map((at) => `${at}:00`));
  });

  test("ends on the next day if its end isn't later than its beginning", () => {
    expect(windowOf("2026-12-31", { from: "20:00", to: "02:00" })).toEqual({
      starts_at: "2026-12-31T20:00:00",
      ends_at: "2027-01-01T02:00:00",
    });
    expect(windowOf(FRIDAY, { from: "00:00", to: "00:00" }).ends_at).toBe("2026-11-28T00:00:00");
    expect(windowOf(FRIDAY, { from: "08:00", to: "18:00" }).ends_at).toBe(`${FRIDAY}T18:00:00`);
    expect(hoursOf({ from: "20:00", to: "02:00" })).toBe(6);
    expect(hoursOf({ from: "00:00", to: "00:00" })).toBe(24);
  });

  const names = (day: string, longest: number, now: string, rules: typeof RULES | undefined = RULES) =>
    presetsOf(day, rules, { longest_grant_hours: longest }, now, {}).map(([name]) => name);

  test("is offered only as long as the courier may have it", () => {
    expect(names(FRIDAY, 24, EARLY)).toEqual(["mine", "day", "evening", "all_day", "other"]);
    expect(names(FRIDAY, 12, EARLY)).toEqual(["mine", "day", "evening", "other"]);
    expect(names(FRIDAY, 1, EARLY)).toEqual(["mine", "other"]);
  });

  test("is offered only if it meets hours that are open, unless none does", () => {
    const house = { friday: [{ from: "09:00:00", to: "12:00:00" }] };
    const offered = (now: string) => presetsOf(FRIDAY, RULES, { longest_grant_hours: 24 }, now, house);
    expect(offered(EARLY)[0]).toEqual(["mine", { from: "09:00", to: "12:00" }]);
    expect(offered(EARLY).map(([name]) => name)).toEqual(["mine", "day", "all_day", "other"]);
    expect(offered(`${FRIDAY}T12:00:00`).map(([name]) => name)).toEqual(["day", "evening", "all_day", "other"]);
  });

  test("is cut if it would go on, or begin before, but not by what is over", () => {
    const always = { windows: { friday: [{ from: "00:00:00", to: "24:00:00" }] }, exceptions: [] };
    const cut = (now: string) => areCut(FRIDAY, always, { longest_grant_hours: 12 }, now, {});
    expect([EARLY, `${FRIDAY}T09:00:00`, `${FRIDAY}T21:12:00`].map(cut)).toEqual([true, true, false]);
    expect(areCut(FRIDAY, RULES, { longest_grant_hours: 24 }, EARLY, {})).toBe(false);
    expect(areCut("2026-11-29", RULES, { longest_grant_hours: 1 }, EARLY, {})).toBe(false);
  });

  test("is not offered once it is over, or without rules that are known", () => {
    expect(names(FRIDAY, 24, `${FRIDAY}T18:00:00`)).toEqual(["mine", "evening", "all_day", "other"]);
    expect(names(FRIDAY, 24, `${FRIDAY}T21:00:00`)).toEqual(["all_day", "other"]);
    expect(names(FRIDAY, 12, `${FRIDAY}T21:00:00`)).toEqual(["other"]);
    expect(names("2026-11-29", 24, EARLY)).toEqual(["day", "evening", "all_day", "other"]);
    expect(presetsOf(FRIDAY, undefined, { longest_grant_hours: 24 }, EARLY, {}).map(([name]) => name)).not.toContain("mine");
  });
});

test("couriers can be expected where they may come, at the doors that are shown", () => {
  const door = (id: string) => ({ door: id, name: id, lock: null, codes_off: false, unasked_rings: [] });
  const courier = (id: string, doors: string[], enabled = true) => ({
    courier: id,
    name: id,
    enabled,
    doors,
    longest_grant_hours: 12,
    has_key: true,
  });
  const shown: Pick<Building, "couriers" | "doors"> = {
    doors: [door("lobby")],
    couriers: [courier("a", ["lobby"]), courier("b", ["yard"]), courier("c", []), courier("d", ["lobby"], false)],
  };
  expect(couriersOf(shown).map((each) => each.courier)).toEqual(["a"]);
});

test("a courier's own value is set, replaced, and given up without touching the others", () => {
  const proofs = { a: "pass", b: "signed" };
  expect(withOne(proofs, "a", "signed")).toEqual({ a: "signed", b: "signed" });
  expect(withOne(proofs, "c", "pass")).toEqual({ ...proofs, c: "pass" });
  expect(withOne(proofs, "a", undefined)).toEqual({ b: "signed" });
  expect(proofs).toEqual({ a: "pass", b: "signed" });
});
