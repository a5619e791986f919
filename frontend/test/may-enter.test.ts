import { describe, expect, test, vi } from "vitest";

import type { Access } from "../src/access";
import { saidRule } from "../src/deciding";
import { MayEnter, type Choice } from "../src/may-enter";
import type { Checked, Checks, Finding, OrderSource, Prospect } from "../src/model";
import { HOME, WORDS } from "./owned-house";

const OK: Checked = {
  courier: "Parcel Post",
  unit: "3B",
  admitted: true,
  reason: "ok",
  because: [{ layer: "allows", says: "yes", resident: "Ada" }],
};
const POST: Choice = ["post", "Parcel Post"];
const VAN: Choice = ["van", "Blue Van"];
const DOORS: Choice[] = [["lobby", "Lobby"]];

async function shown(choices: Partial<MayEnter> = {}, checks: Checked[] = [OK], more: Partial<Checks> = {}) {
  const access = { check: vi.fn(async (): Promise<Checks> => ({ checks, ...more })) };
  const view = new MayEnter();
  Object.assign(view, {
    home: HOME,
    words: WORDS,
    access: access as unknown as Access,
    building: { building: "b1", name: "12 Elm Street" },
    couriers: [POST],
    doors: DOORS,
    units: ["3B"],
    ...choices,
  });
  document.body.replaceChildren(view);
  await view.updateComplete;
  const root = view.renderRoot as ShadowRoot;
  const settled = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await view.updateComplete;
  };
  const ask = async () => {
    root.querySelector("button")?.click();
    await settled();
    const answer = root.querySelector<HTMLElement>("[data-answer]");
    return [answer?.dataset.answer, answer?.textContent?.replace(/\s+/g, " ").trim()];
  };
  const fields = () => [...root.querySelectorAll<HTMLInputElement | HTMLSelectElement>("label.field > :is(select, input)")];
  const choose = async (label: string, value: string) => {
    const field = fields().find((each) => each.parentElement?.textContent?.trim().startsWith(label));
    if (!field) throw new Error(label);
    const option = [...field.querySelectorAll("option")].find((each) => each.textContent === value);
    field.value = option?.value ?? value;
    field.dispatchEvent(new Event("change"));
    await settled();
  };
  return { access, view, root, settled, ask, choose };
}

describe("a check of access", () => {
  test("asks for now, and offers only what there is a choice of", async () => {
    const { access, root, ask } = await shown();
    expect(root.querySelectorAll("select")).toHaveLength(0);
    expect(await ask()).toEqual(["yes", "panel_check_yes Parcel Post panel_rule_allows Ada"]);
    expect(access.check).toHaveBeenCalledWith("b1", "lobby", "3B", undefined);
  });

  test("asks for what is chosen, and forgets the answer with another choice", async () => {
    const choices = { couriers: [POST, VAN], units: ["1A", "3B"], own: ["1A", "3B"] };
    const { access, root, ask, choose } = await shown(choices, [OK, { ...OK, courier: "Blue Van", admitted: false, reason: "paused", because: [] }]);
    await choose("panel_orders_courier", "Blue Van");
    await choose("panel_which_unit", "3B");
    await choose("page_day", "2026-11-28");
    await choose("panel_check_at", "14:30");
    expect((await ask())[0]).toBe("no");
    expect(access.check).toHaveBeenCalledWith("b1", "lobby", "3B", "2026-11-28T14:30");
    await choose("panel_which_unit", "1A");
    expect(root.querySelector("[data-answer]")).toBeNull();
  });

  test("offers another time for the reader's own home only", async () => {
    const { access, root, ask, choose } = await shown({ units: ["1A", "3B"], own: ["1A"] });
    await choose("page_day", "2026-11-28");
    await ask();
    expect(access.check).toHaveBeenCalledWith("b1", "lobby", "1A", expect.stringMatching(/^2026-11-28T/));
    await choose("panel_which_unit", "3B");
    expect(root.querySelector("input")).toBeNull();
    await ask();
    expect(access.check).toHaveBeenLastCalledWith("b1", "lobby", "3B", undefined);
  });

  test("drops an answer that comes after another question", async () => {
    const { access, view, root, settled, ask, choose } = await shown({ units: ["1A", "3B"] });
    const answers: ((checks: Checks) => void)[] = [];
    const late = () => access.check.mockImplementationOnce(() => new Promise((resolve) => answers.push(resolve)));
    late();
    await ask();
    await choose("panel_which_unit", "3B");
    answers[0]?.({ checks: [OK] });
    await settled();
    expect(root.querySelector("[data-answer]")).toBeNull();

    late();
    await ask();
    view.building = { building: "b2", name: "9 Oak Street" };
    await settled();
    answers[1]?.({ checks: [OK] });
    await settled();
    expect(root.querySelector("[data-answer]")).toBeNull();
    expect((await ask())[0]).toBe("yes");
    expect(access.check).toHaveBeenLastCalledWith("b2", "lobby", "3B", undefined);
  });

  test("says so where the door isn't the courier's", async () => {
    const { ask } = await shown({ couriers: [VAN] });
    expect(await ask()).toEqual(["no", "panel_check_no Blue Van notification_reason_door_not_allowed"]);
  });

  test("is not offered without a courier, a door, or a unit", async () => {
    for (const nothing of [{ couriers: [] }, { doors: [] }, { units: [] }])
      expect((await shown(nothing)).root.querySelector("section")).toBeNull();
  });
});

describe("the parcels of now", () => {
  const PARCEL: Prospect = { order: "o1", courier: "Parcel Post", unregistered_carrier: null, most_per_day: 3, parcel: "JD1", becomes: "not_today", always_asks: false };
  const SILENT: OrderSource = {
    sensor: "sensor.dhl",
    name: "DHL (Ada)",
    missing: null,
    last_parcel: null,
    changed_at: "2026-11-24T09:00:00+00:00",
    is_silent: true,
    silent_since: "2026-11-24T09:00:00+00:00",
    left_out: 0,
  };

  async function parcels(more: Partial<Checks>, choices: Partial<MayEnter> = { own: ["3B"] }) {
    const { ask, root } = await shown(choices, [OK], more);
    await ask();
    const found = root.querySelector("[data-parcels]");
    return found && [...found.querySelectorAll("li")].map((each) => each.textContent?.replace(/\s+/g, " ").trim());
  }

  test("are shown below the answer, each with its fate", async () => {
    const announced = { becomes: "announced", starts_at: "2026-11-24T09:00:00+00:00", ends_at: "2026-11-24T16:00:00+00:00" };
    const full = { becomes: "limit_reached", most_per_day: 2 };
    const found = await parcels({
      parcels: [{ ...PARCEL, ...announced }, { ...PARCEL, parcel: "JD2", ...full }, { ...PARCEL, parcel: "JD3", ...full }],
      silent_sources: [],
    });
    expect(found).toEqual([
      expect.stringMatching(/^Parcel Post: JD1 panel_becomes_announced Tue, Nov 24, 9:00 AM/),
      "Parcel Post: JD2, JD3 panel_becomes_limit_reached 2 notification_action_let_in panel_view_hours panel_view_deliveries",
    ]);
  });

  test("say that a forged one always asks, and which has no number", async () => {
    const forged = { becomes: "announced", always_asks: true };
    const [one, other] = (await parcels({ parcels: [{ ...PARCEL, ...forged }, { ...PARCEL, ...forged, parcel: null, courier: null }] })) ?? [];
    expect(one).toMatch(/^Parcel Post: JD1 .*panel_becomes_asks$/);
    expect(other).toMatch(/^–: panel_check_counted .*panel_becomes_asks$/);
  });

  test("say which courier stands in for a carrier that isn't one, unless the parcel isn't coming", async () => {
    const unknown = { ...PARCEL, unregistered_carrier: "PostNL" };
    const fates = ["announced", "not_today", "not_accepted", "over"].map((becomes, at) => ({ ...unknown, parcel: `JD${at}`, becomes }));
    const found = (await parcels({ parcels: [...fates, { ...unknown, courier: null }] })) ?? [];
    expect(found.map((each) => each?.includes("panel_becomes_stands_in PostNL Parcel Post"))).toEqual([true, true, true, false, false]);
  });

  test("come with the sources that say nothing", async () => {
    const disabled = { ...SILENT, name: "sensor.dpd", missing: "disabled" as const };
    const removed = { ...SILENT, name: null, sensor: null, missing: "removed" as const };
    const found = await parcels({ parcels: [], silent_sources: [SILENT, disabled, removed] });
    expect(found?.[0]).toMatch(/^panel_check_silent DHL \(Ada\) Tue/);
    expect(found?.slice(1)).toEqual(["panel_orders_disabled sensor.dpd", "panel_orders_removed"]);
  });

  test.each([
    ["there is none", [], "panel_check_parcels_none"],
    ["they can't be read", null, "panel_check_parcels_unknown"],
  ])("are one sentence if %s", async (_, parcels, sentence) => {
    const { ask, root } = await shown({ own: ["3B"] }, [OK], { parcels, silent_sources: [] });
    await ask();
    expect(root.textContent).toContain(sentence);
    expect(root.querySelectorAll("[data-parcels] li")).toHaveLength(0);
  });

  test("are only one's own, and only those of now", async () => {
    expect(await parcels({ parcels: [PARCEL] }, { own: [] })).toBeNull();
    expect(await parcels({})).toBeNull();
  });
});

describe("the rule that decides", () => {
  const said = (reason: string, ...because: Finding[]) =>
    saidRule(WORDS, HOME.states, { ...OK, admitted: reason === "ok", reason, because }, {}).trim();
  const no = (layer: string, resident?: string): Finding => ({ layer, says: "no", ...(resident && { resident }) });

  test("is the one of the decision's reason, however many refuse", () => {
    const closed = [no("building_hours"), no("outside_hours", "Ada")];
    expect(said("paused", no("unit_paused"), ...closed)).toBe("page_shut_unit_paused");
    expect(said("outside_building_hours", ...closed)).toBe("notification_reason_outside_building_hours");
    expect(said("courier_disabled", no("courier_disabled"), no("door_not_allowed"))).toBe("notification_reason_courier_disabled");
  });

  test("names the building's hours that refuse", () => {
    const hours = { saturday: [{ from: "09:00:00", to: "12:00:00" }] };
    const check = { ...OK, admitted: false, reason: "outside_building_hours", because: [no("building_hours")] };
    expect(saidRule(WORDS, HOME.states, check, hours)).toMatch(/^panel_rule_building_hours Sat 9/);
  });

  test("is a refusal for the unit before the rules of one resident", () => {
    expect(said("not_accepting", no("outside_hours", "Ada"), no("denied", "Bo"))).toBe("panel_rule_denied Bo");
    expect(said("not_accepting", no("not_consenting", "Ada"), no("outside_hours", "Bo"))).toBe("panel_rule_outside_hours Bo");
    expect(said("not_accepting", no("not_consenting", "Ada"))).toBe("panel_rule_not_consenting Ada");
    expect(said("not_accepting", no("nobody_consents"), no("not_consenting", "Ada"))).toBe("page_shut_not_given");
    expect(said("not_accepting", no("problem"), no("withdrawn", "Ada"))).toBe("page_shut_problem");
  });

  test("is named with the entity that keeps couriers out", () => {
    const states = { "person.ada": { entity_id: "person.ada", state: "home", attributes: { friendly_name: "Ada Home" } } };
    const because: Finding[] = [{ layer: "entity", says: "no", resident: "Ada", entity: "person.ada" }];
    expect(saidRule(WORDS, states, { ...OK, admitted: false, reason: "not_accepting", because }, {})).toMatch(/Ada Home$/);
  });

  test("stays a resident's own where the reader may not know it", () => {
    expect(said("ok")).toBe("panel_rule_yes");
    expect(said("no_answer")).toBe("");
    expect(said("not_accepting")).toBe("panel_rule_no");
    expect(said("outside_schedule")).toBe("notification_reason_outside_schedule");
    expect(said("paused", no("outside_hours", "Ada"))).toBe("notification_reason_paused");
    expect(said("no_answer", { layer: "asks", says: "ask", resident: "Ada" }, no("outside_hours", "Bo"))).toBe("panel_rule_asks Ada");
  });
});
