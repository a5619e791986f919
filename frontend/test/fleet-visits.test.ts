import { expect, test, vi } from "vitest";

import type { Access } from "../src/access";
import { FleetVisitsView } from "../src/fleet-visits";
import { Words, type Home } from "../src/home";
import type { FleetVisits } from "../src/model";
import type { Told } from "../src/view";

const HOME = {
  language: "en",
  locale: { language: "en", time_format: "24" },
  config: { time_zone: "UTC" },
  localize: (key: string, values: object = {}) => [key.split(".").at(-1), ...Object.values(values)].join(" ").trim(),
} as unknown as Home;
const WAITS: FleetVisits = {
  fleet: "fleet.example",
  keep_days: 90,
  longer_days: null,
  begins_at: null,
  has_begun: false,
  asks: false,
  home_objects: false,
  objects: null,
};
const AT = "2126-12-08T09:00:00Z";
const WHAT = "page_visits_what fleet.example 90";

/** Show a resident's row; returns what it says, its buttons, and what was sent. */
async function shown(change: Partial<FleetVisits> | null, waits_for_confirmation = false) {
  const chooseFleetVisits = vi.fn(async () => {});
  const view = new FleetVisitsView();
  const told: string[] = [];
  view.addEventListener("ca-told", (event) => told.push((event as CustomEvent<Told>).detail.text));
  const fleet_visits = change && { ...WAITS, ...change };
  const resident = { resident: "ada", unit: "3B", fleet_visits, waits_for_confirmation };
  const access = { chooseFleetVisits } as unknown as Access;
  Object.assign(view, { home: HOME, words: new Words(HOME), access, building: { building: "b1" }, resident });
  document.body.replaceChildren(view);
  await view.updateComplete;
  const all = (of: string) => [...view.renderRoot.querySelectorAll(of)].map((each) => each.textContent?.trim() ?? "");
  const press = async (name: string) => {
    [...view.renderRoot.querySelectorAll("button")].find((each) => each.textContent?.trim() === name)?.click();
    await new Promise((resolve) => setTimeout(resolve));
  };
  const says = all("p:not(.row, .soft)");
  return { says, set: all(".set")[0], buttons: all("button"), small: all("p.soft"), sent: chooseFleetVisits, told, press };
}

test("without a fleet that gets visits, there is no row", async () => {
  const { says, buttons, set } = await shown(null);
  expect([says, buttons, set]).toEqual([[], [], undefined]);
});

test("a resident reads what goes where, and from when, or what it waits for", async () => {
  expect((await shown({})).says).toEqual([WHAT, "page_visits_waits"]);
  const begins = await shown({ begins_at: AT });
  expect(begins.says).toEqual([WHAT, "page_visits_begins Sun, Dec 8, 2126, 09:00"]);
  expect(begins.set).toBe("page_visits_begins Sun, Dec 8, 2126, 09:00");
  const begun = await shown({ has_begun: true });
  expect(begun.says).toEqual([WHAT, "page_visits_begun", "page_visits_sent"]);
  expect(begun.set).toBe("page_visits_sent");
});

test("a longer time at the fleet is said with when it begins, or what it waits for", async () => {
  const longer = async (change: Partial<FleetVisits>) => (await shown({ has_begun: true, longer_days: 120, ...change })).says[2];
  expect(await longer({ begins_at: AT })).toBe("page_visits_longer Sun, Dec 8, 2126, 09:00 120");
  expect(await longer({})).toMatch(/^page_visits_longer_waits .*120$/);
  expect(await longer({ asks: true })).toMatch(/^page_visits_longer_asked .*120$/);
});

test("a resident objects, and takes it back", async () => {
  const free = await shown({ has_begun: true });
  expect(free.buttons).toEqual(["notification_action_object"]);
  await free.press("notification_action_object");
  expect(free.sent).toHaveBeenCalledExactlyOnceWith("b1", "ada", true);
  expect(free.told).toEqual(["page_said_choose_visits"]);

  const out = await shown({ has_begun: true, home_objects: true, objects: true });
  expect(out.says).toEqual([WHAT, "page_visits_begun", "page_visits_out"]);
  expect(out.buttons).toEqual(["page_visits_back"]);
  await out.press("page_visits_back");
  expect(out.sent).toHaveBeenCalledExactlyOnceWith("b1", "ada", false);
  // Somebody else of the home objects; one's own objection can come on top.
  expect((await shown({ home_objects: true })).buttons).toEqual(["notification_action_object"]);
});

test("one household is asked: a yes sends its visits, and a no ends that", async () => {
  const asked = await shown({ asks: true, home_objects: true });
  expect([asked.says, asked.buttons]).toEqual([[WHAT, "page_visits_asked"], ["page_visits_yes"]]);
  expect(asked.small).toEqual(["page_visits_asked_says"]);
  await asked.press("page_visits_yes");
  expect(asked.sent).toHaveBeenCalledExactlyOnceWith("b1", "ada", false);
  const sent = await shown({ asks: true, has_begun: true, objects: false });
  expect([sent.says, sent.buttons]).toEqual([[WHAT, "page_visits_begun"], ["page_visits_no"]]);
  // A flatmate's yes can be ended, and a longer time asks again.
  expect((await shown({ asks: true, has_begun: true })).buttons).toEqual(["page_visits_no"]);
  const longer = await shown({ asks: true, has_begun: true, objects: false, longer_days: 120 });
  expect(longer.buttons).toEqual(["page_visits_yes", "page_visits_no"]);
});

test("somebody who waits for confirmation reads it, and chooses nothing", async () => {
  const { says, buttons } = await shown({}, true);
  expect(says).toEqual([WHAT, "page_visits_waits"]);
  expect(buttons).toEqual([]);
});
