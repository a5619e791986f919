import { expect, test, vi } from "vitest";

import type { Access } from "../src/access";
import { Words, type Home } from "../src/home";
import type { Building, Delivery, HoursException, Resident, Rules } from "../src/model";
import { Refused } from "../src/refused";
import type { Told } from "../src/view";

const HOME = {
  language: "en-GB",
  config: { time_zone: "UTC" },
  states: {},
  localize: (key: string, values: object = {}) => [key.split(".").at(-1), ...Object.values(values)].join(" "),
} as Home;
// A Saturday.
const DAY = "2026-12-05";
const ADA = { resident: "ada", unit: "3B", is_me: true, waits_for_confirmation: false, consent: "given" } as Resident;
const ABE = { ...ADA, resident: "abe", is_me: false };
const DELIVERY: Delivery = {
  courier: "Parcel Post",
  door: "Lobby",
  starts_at: `${DAY}T17:00:00Z`,
  ends_at: `${DAY}T21:00:00Z`,
  units: ["3B"],
};
const WEEK = { saturday: [{ from: "09:00:00", to: "12:00:00" }] };

async function shown(layer: string, resident: Resident = ADA, change: Partial<Building & Delivery> = {}) {
  const rules = { windows: WEEK, exceptions: [] as HoursException[], revision: 4 } as unknown as Rules;
  const access = {
    resume: vi.fn(async () => undefined),
    rules: vi.fn(async () => rules),
    setRules: vi.fn(async (_building: string, _resident: string, revision: number, changed: Partial<Rules>) => ({
      ...rules,
      ...changed,
      revision: revision + 1,
    })),
  };
  const view = new Refused();
  const told: Told[] = [];
  view.addEventListener("ca-told", (event) => told.push((event as CustomEvent<Told>).detail));
  const building = { building: "b1", is_one_home: false, residents: [ABE, resident], ...change } as Building;
  const delivery = { ...DELIVERY, ...change, refused: { layer, until: null } };
  Object.assign(view, { home: HOME, words: new Words(HOME), access: access as unknown as Access, building, delivery });
  document.body.replaceChildren(view);
  await view.updateComplete;
  const root = view.renderRoot as ShadowRoot;
  const press = async () => {
    root.querySelector("button")?.click();
    for (let turn = 0; turn < 6; turn++) await new Promise((resolve) => setTimeout(resolve));
  };
  return { access, told, root, press, button: () => root.querySelector("button")?.textContent?.trim() };
}

test("a pause ends where it is read", async () => {
  const unit = await shown("unit_paused");
  expect(unit.button()).toBe("page_resume_unit");
  await unit.press();
  expect(unit.access.resume).toHaveBeenCalledWith("b1", "3B");
  expect(unit.told).toEqual([{ text: "page_said_resume_unit" }]);
  const building = await shown("building_paused");
  expect(building.button()).toBe("page_resume_building");
  await building.press();
  expect(building.access.resume).toHaveBeenCalledWith("b1", undefined);
  expect((await shown("building_paused", ADA, { is_one_home: true })).button()).toBe("page_resume_unit");
});

test("hours that refuse a delivery open for it alone, and the way back stays in sight", async () => {
  const { access, told, button, press } = await shown("outside_hours");
  expect(button()).toMatch(/^panel_open_once .*17:00 – 21:00$/);
  await press();
  const opening = { starts_at: DELIVERY.starts_at, ends_at: DELIVERY.ends_at };
  expect(access.setRules.mock.lastCall).toEqual(["b1", "ada", 4, { open_once: opening }]);
  expect(told[0]?.text).toMatch(/^panel_opened_once .*17:00 – 21:00$/);
  told[0]?.undo?.();
  await new Promise((resolve) => setTimeout(resolve));
  expect(access.setRules.mock.lastCall).toEqual(["b1", "ada", 5, { exceptions: [] }]);
});

test("hours that can't be opened are said, with no word that they are", async () => {
  const { access, told, press } = await shown("outside_hours");
  access.setRules.mockRejectedValueOnce({ code: "invalid_format", message: "too many" });
  await press();
  expect(told).toEqual([{ text: "too many" }]);
});

test("nothing is offered that wouldn't help", async () => {
  const no = { ...ADA, consent: "opted_out" } as const;
  const link = (root: ShadowRoot) => root.querySelector("a")?.getAttribute("href");
  for (const layer of ["nobody_consents", "withdrawn"]) {
    expect(link((await shown(layer, no)).root)).toBe("/courier-access/hours?building=b1");
    expect(link((await shown(layer)).root)).toBeUndefined();
  }
  expect((await shown("outside_hours", no)).button()).toBeUndefined();
  expect((await shown("outside_hours", { ...ADA, waits_for_confirmation: true })).button()).toBeUndefined();
  expect((await shown("outside_hours", ADA, { ends_at: "2026-12-07T17:00:00Z" })).button()).toBeUndefined();
  expect((await shown("denied")).button()).toBeUndefined();
});
