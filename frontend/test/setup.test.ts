import { expect, test } from "vitest";

import type { Owned } from "../src/model";
import { isInSetup, nextStep, type Step } from "../src/setup";
import { ADA, house, LOBBY, POST } from "./owned-house";

test("the set-up goes on step by step until a courier was admitted", () => {
  const nobody = { ...ADA, consent: "not_given" as const };
  const states: [Partial<Owned>, Step | undefined][] = [
    [{ doors: [], couriers: [], residents: [], has_residents_hours: false, ever_admitted: false }, "door"],
    [{ doors: [LOBBY] }, "courier"],
    [{ couriers: [{ ...POST, doors: [] }] }, "courier"],
    [{ couriers: [POST] }, "resident"],
    [{ residents: [nobody] }, "consent"],
    [{ residents: [nobody, ADA] }, "hours"],
    [{ has_residents_hours: true }, "entry"],
    [{ ever_admitted: true }, undefined],
  ];
  let owned = house();
  for (const [change, next] of states) {
    owned = { ...owned, ...change };
    expect(nextStep(owned)).toBe(next);
    expect(isInSetup(owned)).toBe(next !== undefined);
  }
});

test("a record that can't be read shows no set-up", () => {
  const { ever_admitted: _, ...owned } = house();
  expect(isInSetup(owned)).toBe(false);
});
