import { expect, test, vi } from "vitest";

import type { Access } from "../src/access";
import { Deliveries } from "../src/deliveries";
import { Words, type Home } from "../src/home";
import { WEEKDAYS, type Building, type Checked, type Checks, type Delivery, type MadePass } from "../src/model";
import type { Sure } from "../src/sure";
import type { Told } from "../src/view";

const HOME = {
  language: "en-GB",
  config: { time_zone: "UTC" },
  states: {},
  localize: (key: string, values: object = {}) => [key.split(".").at(-1), ...Object.values(values)].join(" "),
} as Home;
const DAY = "2126-07-01";
const PARCEL: Delivery = {
  courier: "Parcel Post",
  door: "Lobby",
  starts_at: `${DAY}T17:00:00Z`,
  ends_at: `${DAY}T21:00:00Z`,
  courier_id: "post",
  grant_id: "g1",
  door_id: "lobby",
  units: ["3B"],
  is_mine: true,
  entries_left: 1,
  passes: [],
};
const BUILDING = {
  building: "b1",
  doors: [{ door: "lobby", name: "Lobby", lock: null, codes_off: false, unasked_rings: [] }],
  couriers: [{ courier: "post", name: "Parcel Post", enabled: true, doors: ["lobby"], longest_grant_hours: 24, has_key: true }],
  residents: [{ resident: "ada", unit: "3B", is_me: true, waits_for_confirmation: false }],
  expected: [PARCEL],
  hours: { monday: [{ from: "07:00:00", to: "20:00:00" }] },
} as unknown as Building;

const MADE = {
  pass: "p1",
  pin: "482915",
  short_code: "7K4M-Q2XD",
  link: null,
  qr: null,
  trial: null,
  for_driver: "Elm Street 1, Lobby: type the PIN 482915",
  ends_earlier: false,
  starts_at: PARCEL.starts_at,
  ends_at: PARCEL.ends_at,
} as MadePass;
const WITHOUT_KEY = { couriers: BUILDING.couriers.map((courier) => ({ ...courier, has_key: false })) };

async function shown(change: Partial<Building> = {}) {
  const decided = async () => ({ courier_id: "post", grant_id: "g1", decision: "accepted", reason: "ok" });
  const access = {
    orders: vi.fn(async () => []),
    makePass: vi.fn(async () => MADE),
    rules: vi.fn(async () => ({ windows: {} as Record<string, object[]>, exceptions: [] })),
    setRules: vi.fn(async (_building: string, _resident: string, revision: number, change: object) => ({
      ...change,
      revision: revision + 1,
    })),
    issue: vi.fn(decided),
    revise: vi.fn(decided),
    check: vi.fn(async () => ({ checks: [] }) as unknown as Checks),
    revoke: vi.fn(async () => undefined),
    revokePass: vi.fn(async () => undefined),
    entries: vi.fn(async () => ({ entries: [] as object[], next: null })),
  };
  const view = new Deliveries();
  const told: string[] = [];
  view.addEventListener("ca-told", (event) => told.push((event as CustomEvent<Told>).detail.text));
  const building = { ...BUILDING, ...change };
  Object.assign(view, { home: HOME, words: new Words(HOME), access: access as unknown as Access, building });
  document.body.replaceChildren(view);
  const settled = async () => {
    for (let turn = 0; turn < 4; turn++) {
      await new Promise((resolve) => setTimeout(resolve));
      await view.updateComplete;
    }
  };
  await settled();
  const root = view.renderRoot as ShadowRoot;
  const press = async (name: string, within: ParentNode | null | undefined = root) => {
    const button = [...(within?.querySelectorAll("button") ?? [])].find((each) => words(each) === name);
    expect(button, name).toBeDefined();
    button?.click();
    await settled();
  };
  const made = () => root.querySelector("courier-access-pass")?.shadowRoot;
  return { access, view, told, root, press, settled, made, form: () => root.querySelector("courier-access-expect")?.shadowRoot };
}

const words = (of: Element | null | undefined) => of?.textContent?.replace(/\s+/g, " ").trim();

async function send(form: ShadowRoot | null | undefined, settled: () => Promise<void>): Promise<void> {
  form?.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
  await settled();
}

test("a delivery has its hours as a bar, and what may be done about it", async () => {
  const { access, root, press } = await shown();
  const span = root.querySelector<HTMLElement>("li .span");
  expect(span?.getAttribute("style")).toContain(`inset-inline-start: ${(17 / 24) * 100}%`);
  expect([...root.querySelectorAll("li button")].map(words)).toEqual(["page_pass", "page_change"]);
  const sure = root.querySelector("courier-access-veto")?.shadowRoot?.querySelector("courier-access-sure")?.shadowRoot;
  await press("page_cancel", sure);
  expect(access.revoke).not.toHaveBeenCalled();
  expect(words(sure?.querySelector("dialog"))).toContain("panel_cancel_sure");
  await press("page_cancel", sure?.querySelector("dialog"));
  expect(access.revoke).toHaveBeenCalledWith("b1", "post", "g1");
});

test("a neighbor's delivery can only be seen", async () => {
  const { units: _, grant_id: __, ...others } = PARCEL;
  const { root } = await shown({ expected: [others] });
  expect(words(root.querySelector("li"))).toContain("panel_expected_others");
  expect(root.querySelectorAll("li button, courier-access-veto")).toHaveLength(0);
});

test("deliveries that are left out are mentioned", async () => {
  const said = (root: ParentNode) => [...root.querySelectorAll("p.soft")].map(words);
  expect(said((await shown()).root)).not.toContain("panel_expected_more");
  expect(said((await shown({ more_expected: true })).root)).toContain("panel_expected_more");
});

test("who came last leads to the visits, also once nothing is expected anymore", async () => {
  const { access, root, view, settled } = await shown();
  expect(access.entries).toHaveBeenCalledWith("b1", { limit: 1, decision: "admitted" });
  expect(root.querySelector("a[data-last]")).toBeNull();
  access.entries.mockResolvedValue({ entries: [{ courier: "Parcel Post", at: `${DAY}T20:47:00Z` }], next: null });
  view.building = { ...BUILDING, expected: [] };
  view.news++;
  await settled();
  const link = root.querySelector("a[data-last]");
  expect(words(link)).toMatch(/^panel_last_visit Parcel Post .*20:47/);
  expect(link?.getAttribute("href")).toBe("/courier-access/entries?building=b1");
});

test("a home that is closed to every parcel expects nothing, and says why", async () => {
  const [ada] = BUILDING.residents;
  for (const shut of ["not_given", "withdrawn", "no_courier"]) {
    const said = async (consent: string) => {
      const { root } = await shown({ residents: [{ ...ada, consent, shut }] as Building["residents"] });
      expect([...root.querySelectorAll("button")].map(words)).not.toContain("page_expect");
      expect(words(root.querySelector("section"))).toContain(`page_shut_${shut === "withdrawn" ? "kept_out" : shut}`);
      return root.querySelector('a[href="/courier-access/hours?building=b1"]');
    };
    expect(words(await said("opted_out"))).toBe("panel_change_decision");
    expect(await said("given")).toBeNull();
  }
  const homes = [{ ...ada, shut: "not_given" }, { ...ada, unit: "4A", shut: null }] as Building["residents"];
  const { root } = await shown({ residents: homes });
  expect([...root.querySelectorAll("button")].map(words)).toContain("page_expect");
});

test("a parcel is expected with taps alone", async () => {
  const { access, root, press, form, settled } = await shown();
  await press("page_expect");
  await press("Tomorrow", form());
  await press("17–21", form());
  await send(form(), settled);
  expect(access.issue).toHaveBeenCalledWith("b1", "post", "3B", expect.objectContaining({ door: "lobby", parcel_ref: "" }));
  const { starts_at: start, ends_at: end } = access.issue.mock.lastCall?.at(3) as unknown as Delivery;
  const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  expect([start, end]).toEqual([`${day}T17:00:00`, `${day}T21:00:00`]);
  expect(root.querySelector("courier-access-expect")).toBeNull();
});

test("hours of every day end at midnight", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-06-05T15:51:00Z") }); // a Friday
  const { access, press, form } = await shown({
    couriers: BUILDING.couriers.map((courier) => ({ ...courier, longest_grant_hours: 12 })),
    hours: {},
  });
  const always = [{ from: "00:00:00", to: "24:00:00" }];
  access.rules.mockResolvedValue({ windows: { friday: always, saturday: always }, exceptions: [] });
  await press("page_expect");
  expect(words(form()?.querySelector("[data-value=mine]"))).toBe("page_my_hours (15:51–24:00)");
  vi.useRealTimers();
});

const EVERY_DAY = (from: string, to: string) =>
  Object.fromEntries(WEEKDAYS.map((day) => [day, [{ from: `${from}:00`, to: `${to}:00` }]]));

test("a parcel is expected on the next day with hours that are open, and within the building's", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-06-05T20:36:00Z") }); // a Friday
  const { access, press, form, settled } = await shown({ hours: { monday: [{ from: "09:00:00", to: "12:00:00" }] } });
  access.rules.mockResolvedValue({ windows: EVERY_DAY("08:00", "18:00"), exceptions: [] });
  await press("page_expect");
  expect(form()?.querySelector<HTMLInputElement>("input[type=date]")?.value).toBe("2026-06-08");
  expect(words(form()?.querySelector("[data-value=mine]"))).toBe("page_my_hours (9–12)");
  await send(form(), settled);
  expect(access.issue.mock.lastCall?.at(3)).toMatchObject({ starts_at: "2026-06-08T09:00:00", ends_at: "2026-06-08T12:00:00" });
  vi.useRealTimers();
});

test("without own hours, a parcel is expected tomorrow once nothing of today is left", async () => {
  const couriers = BUILDING.couriers.map((courier) => ({ ...courier, longest_grant_hours: 12 }));
  const times = async (now: string) => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date(now) }); // a Friday
    const { press, form } = await shown({ couriers, hours: {} });
    await press("page_expect");
    const chips = [...(form()?.querySelectorAll(".chips [aria-pressed=true], .chips .chosen") ?? [])].map(words);
    return [chips, form()?.querySelectorAll("input[type=time]").length];
  };
  expect(await times("2026-06-05T20:30:00Z")).toEqual([["Today", "17–21"], 0]);
  expect(await times("2026-06-05T21:30:00Z")).toEqual([["Tomorrow", "8–18"], 0]);
  vi.useRealTimers();
});

test("hours that are cut to what the courier may have say why", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-06-05T07:00:00Z") });
  const couriers = (longest: number) => BUILDING.couriers.map((courier) => ({ ...courier, longest_grant_hours: longest }));
  const said = async (longest: number) => {
    const { access, press, form } = await shown({ couriers: couriers(longest), hours: {} });
    access.rules.mockResolvedValue({ windows: EVERY_DAY("06:00", "20:00"), exceptions: [] });
    await press("page_expect");
    return words(form()?.querySelector("form"));
  };
  expect(await said(12)).toContain("panel_longest Parcel Post 12");
  expect(await said(14)).not.toContain("panel_longest");
  vi.useRealTimers();
});

test("what refused a parcel is gone with another choice, and one's own hours are named", async () => {
  const { access, press, form, settled } = await shown({ hours: {}, residents: [{ ...BUILDING.residents[0]!, name: "Ada" }] });
  access.rules.mockResolvedValue({ windows: EVERY_DAY("08:00", "18:00"), exceptions: [] });
  access.issue.mockResolvedValue({ courier_id: "post", grant_id: "g1", decision: "refused", reason: "not_accepting" });
  const because = [{ layer: "outside_hours", says: "no", resident: "Ada" }] as Checked["because"];
  const check = { courier: "Parcel Post", unit: "3B", admitted: false, reason: "not_accepting", because };
  access.check.mockResolvedValue({ checks: [check] } as Checks);
  await press("page_expect");
  await press("Tomorrow", form());
  await send(form(), settled);
  const refused = () => words(form()?.querySelector(".notice.error"));
  expect(refused()).toMatch(/^page_expect_refused panel_rule_outside_yours .*8/);
  await press("page_other_times", form());
  expect(refused()).toBeUndefined();
});

test("a parcel outside one's own hours can open them for itself, and is then expected", async () => {
  const { access, press, form, settled, told } = await shown({ hours: {}, residents: [{ ...BUILDING.residents[0]!, name: "Ada" }] });
  access.rules.mockResolvedValue({ windows: {}, exceptions: [] });
  access.issue.mockResolvedValueOnce({ courier_id: "post", grant_id: "g1", decision: "refused", reason: "not_accepting" });
  const because = ["Abe", "Ada"].map((resident) => ({ layer: "outside_hours", says: "no", resident })) as Checked["because"];
  const check = { courier: "Parcel Post", unit: "3B", admitted: false, reason: "not_accepting", because };
  access.check.mockResolvedValue({ checks: [check] } as Checks);
  await press("page_expect");
  await press("Tomorrow", form());
  await press("17–21", form());
  await send(form(), settled);
  expect(words(form()?.querySelector(".notice.error"))).toContain("panel_rule_outside_yours");
  const once = [...(form()?.querySelectorAll("button") ?? [])].map(words).find((name) => name?.startsWith("panel_open_once"));
  expect(once).toMatch(/17–21$/);
  await press(once ?? "", form());
  await settled();
  const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const opening = { starts_at: `${day}T17:00:00`, ends_at: `${day}T21:00:00` };
  expect(access.setRules).toHaveBeenCalledWith("b1", "ada", undefined, { open_once: opening });
  expect(access.issue).toHaveBeenCalledTimes(2);
  expect(access.issue.mock.calls[0]).toEqual(access.issue.mock.calls[1]);
  expect(told).toEqual(["page_said_expect"]);
});

test("hours that a flatmate's no overrules aren't offered to open", async () => {
  const { access, press, form, settled } = await shown({ hours: {}, residents: [{ ...BUILDING.residents[0]!, name: "Ada" }] });
  access.issue.mockResolvedValue({ courier_id: "post", grant_id: "g1", decision: "refused", reason: "not_accepting" });
  const because = [
    { layer: "outside_hours", says: "no", resident: "Ada" },
    { layer: "denied", says: "no", resident: "Abe" },
  ];
  const check = { courier: "Parcel Post", unit: "3B", admitted: false, reason: "not_accepting", because };
  access.check.mockResolvedValue({ checks: [check] } as Checks);
  await press("page_expect");
  await send(form(), settled);
  expect(words(form()?.querySelector(".notice.error"))).toBe("page_expect_refused panel_rule_denied Abe");
  expect(form()?.textContent).not.toContain("panel_open_once");
});

test("other times are sent once both are there", async () => {
  const { access, press, form, settled } = await shown();
  await press("page_expect");
  await press("Tomorrow", form());
  await press("page_other_times", form());
  await send(form(), settled);
  expect(access.issue).not.toHaveBeenCalled();
  expect(words(form()?.querySelector(".notice.error"))).toBe("page_expect_unreadable");
  for (const [name, at] of [["from", "09:00"], ["to", "11:00"]]) {
    const field = form()?.querySelector<HTMLInputElement>(`input[name=${name}]`);
    if (field) field.value = at!;
    field?.dispatchEvent(new Event("change"));
    await settled();
  }
  await send(form(), settled);
  expect(access.issue).toHaveBeenCalledTimes(1);
});

test("a parcel that the building's hours refuse names them", async () => {
  const { access, press, form, settled } = await shown();
  access.issue.mockResolvedValue({ courier_id: "post", grant_id: "g1", decision: "refused", reason: "outside_building_hours" });
  await press("page_expect");
  await send(form(), settled);
  expect(words(form()?.querySelector(".notice.error"))).toBe("page_expect_refused panel_rule_building_hours Mon 7–20");
});

test("a parcel that the home refuses names its own reason", async () => {
  const { access, press, form, settled } = await shown();
  access.issue.mockResolvedValue({ courier_id: "post", grant_id: "g1", decision: "refused", reason: "not_accepting" });
  const said = async (check: Partial<Checked>) => {
    access.check.mockResolvedValue({ checks: [{ courier: "Parcel Post", unit: "3B", admitted: false, ...check }] } as Checks);
    await send(form(), settled);
    return words(form()?.querySelector(".notice.error"));
  };
  await press("page_expect");
  await press("Tomorrow", form());
  await press("17–21", form());
  const because = [{ layer: "denied", says: "no", resident: "Abe" }] as Checked["because"];
  expect(await said({ reason: "not_accepting", because })).toBe("page_expect_refused panel_rule_denied Abe");
  // A problem of the building keeps out its drivers, but isn't why it was refused.
  const problem = { layer: "problem", says: "no" } as Checked["because"][0];
  expect(await said({ reason: "not_accepting", because: [problem, ...because] })).toBe("page_expect_refused panel_rule_denied Abe");
  const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  expect(access.check).toHaveBeenCalledWith("b1", "lobby", "3B", `${day}T17:00:00`);
  // It was vetoed, say: no rule refuses it.
  const vetoed = { reason: "ok", admitted: true, because: [] };
  expect(await said(vetoed)).toBe("page_expect_refused notification_reason_not_accepting");
});

test("a change begins with the delivery as it is", async () => {
  const { access, press, form, settled } = await shown();
  await press("page_change");
  expect(form()?.querySelector<HTMLInputElement>("input[type=date]")?.value).toBe(DAY);
  await send(form(), settled);
  const parcel = { door: "lobby", parcel_ref: "", starts_at: `${DAY}T17:00:00`, ends_at: `${DAY}T21:00:00` };
  expect(access.revise).toHaveBeenCalledWith("b1", "post", "g1", parcel);
});

test("two taps make one pass", async () => {
  const { access, root, settled } = await shown();
  access.makePass.mockReturnValue(new Promise(() => undefined));
  const make = [...root.querySelectorAll("li button")].find((each) => words(each) === "page_pass") as HTMLButtonElement;
  make.click();
  make.click();
  await settled();
  expect(access.makePass).toHaveBeenCalledTimes(1);
  expect(make.disabled).toBe(true);
});

test("a pass can be made after one that was refused", async () => {
  const { access, press } = await shown();
  access.makePass.mockRejectedValue({ message: "Not ready." });
  await press("page_pass");
  await press("page_pass");
  expect(access.makePass).toHaveBeenCalledTimes(2);
});

test("Home leads to the form, once", async () => {
  history.replaceState(null, "", "/courier-access/deliveries?building=b1&expect");
  const { view, root, form, settled } = await shown();
  expect(form()).toBeDefined();
  expect(location.search).toBe("?building=b1");
  view.remove();
  document.body.append(view);
  await settled();
  expect(root.querySelector("courier-access-expect")).toBeNull();
});

test("who may expect nothing is led to no form, then or later", async () => {
  history.replaceState(null, "", "/courier-access/deliveries?building=b1&expect");
  const { view, root, settled } = await shown({ residents: [] });
  expect(location.search).toBe("?building=b1");
  view.building = BUILDING;
  await settled();
  expect(root.querySelector("courier-access-expect")).toBeNull();
});

test("a new parcel comes with a pass if its courier sends no messages", async () => {
  const { access, told, press, made, form, settled } = await shown(WITHOUT_KEY);
  await press("page_expect");
  await send(form(), settled);
  expect(access.makePass).toHaveBeenCalledWith("b1", "post", "g1");
  expect(words(made()?.querySelector("[data-pin]"))).toBe("482915");
  expect(words(made()?.activeElement)).toBe("page_pass");
  expect(told).toEqual([]);

  const signed = await shown();
  await signed.press("page_expect");
  await send(signed.form(), signed.settled);
  expect(signed.access.issue).toHaveBeenCalledTimes(1);
  expect(signed.access.makePass).not.toHaveBeenCalled();
  expect(signed.told).toEqual(["page_said_expect"]);
});

test("a new parcel's pass doesn't take the place of codes that are shown only once", async () => {
  const others = { ...PARCEL, grant_id: "g2" };
  const { access, told, press, made, form, root, settled } = await shown({ ...WITHOUT_KEY, expected: [PARCEL, others] });
  await press("page_pass");
  expect(told).toEqual([]);
  access.issue.mockResolvedValueOnce({ courier_id: "post", grant_id: "g2", decision: "accepted", reason: "ok" });
  await press("page_expect");
  await send(form(), settled);
  expect(access.makePass).toHaveBeenCalledTimes(1);
  expect(told).toEqual(["page_said_expect"]);
  expect(words(made()?.querySelector("[data-pin]"))).toBe("482915");

  await press("page_pass", root.querySelectorAll("li")[1]);
  expect(access.makePass).toHaveBeenLastCalledWith("b1", "post", "g2");
});

test("a delivery that is over has no codes to lose", async () => {
  const { access, view, press, form, settled } = await shown(WITHOUT_KEY);
  await press("page_pass");
  view.building = { ...view.building, expected: [] };
  await press("page_expect");
  await send(form(), settled);
  expect(access.makePass).toHaveBeenCalledTimes(2);
});

test("a change brings no other pass, and neither does a form that is closed", async () => {
  const { access, told, press, form, settled } = await shown(WITHOUT_KEY);
  await press("page_change");
  await send(form(), settled);
  expect(access.revise).toHaveBeenCalledTimes(1);
  expect(told).toEqual(["page_said_revise"]);
  await press("page_expect");
  await press("panel_cancel", form());
  expect(access.makePass).not.toHaveBeenCalled();
});

test("a parcel whose pass doesn't come through is expected, and the pass can be made", async () => {
  const { access, press, made, form, settled } = await shown(WITHOUT_KEY);
  access.makePass.mockRejectedValueOnce({ message: "Connection lost" });
  await press("page_expect");
  await send(form(), settled);
  expect(made()).toBeUndefined();
  await press("page_pass");
  expect(words(made()?.querySelector("[data-pin]"))).toBe("482915");
});

test("what a driver has to know can be read and copied where nothing can be shared", async () => {
  const { press, made, told } = await shown();
  const writeText = vi.fn(async () => undefined);
  vi.spyOn(navigator.clipboard, "writeText").mockImplementation(writeText);
  await press("page_pass");
  expect(words(made()?.querySelector(".said"))).toBe(MADE.for_driver);
  expect([...(made()?.querySelectorAll("button") ?? [])].map(words)).not.toContain("panel_share");
  await press("panel_copy_text", made());
  expect(writeText).toHaveBeenCalledWith(MADE.for_driver);
  expect(told).toEqual(["panel_copied"]);
});

test("a pass says so if it ended the delivery's earlier one", async () => {
  const { access, press, made } = await shown();
  await press("page_pass");
  expect(made()?.textContent).not.toContain("page_pass_replaced");
  await press("panel_close", made());
  access.makePass.mockResolvedValueOnce({ ...MADE, ends_earlier: true });
  await press("page_pass");
  expect(words(made()?.querySelector("[role=status]"))).toContain("page_pass_replaced");
});

test("a pass that was just made is revoked only after a question", async () => {
  const { access, press, made } = await shown();
  await press("page_pass");
  const sure = made()?.querySelector("courier-access-sure")?.shadowRoot;
  await press("panel_revoke", sure);
  expect(access.revokePass).not.toHaveBeenCalled();
  expect(words(sure?.querySelector("dialog"))).toContain("page_revoke_pass_sure");
  await press("panel_revoke", sure?.querySelector("dialog"));
  expect(access.revokePass).toHaveBeenCalledWith("b1", "p1");
});

test("a new pass ends the sent one only after a question", async () => {
  const { access, root, press, made } = await shown({ expected: [{ ...PARCEL, passes: [{ pass: "p0", made_at: PARCEL.starts_at }] }] });
  expect([...root.querySelectorAll("li button")].map(words)).not.toContain("page_pass");
  const sure = root.querySelector("li courier-access-sure")?.shadowRoot;
  await press("page_pass_new", sure);
  expect(access.makePass).not.toHaveBeenCalled();
  expect(words(sure?.querySelector("dialog"))).toContain("page_pass_new_sure");
  await press("page_pass_new", sure?.querySelector("dialog"));
  expect(access.makePass).toHaveBeenCalledTimes(1);
  expect(words(made()?.querySelector("[data-pin]"))).toBe(MADE.pin);
});

test("an owner can try a pass at the door, which is no part of what is shared or announced", async () => {
  const { access, press, made } = await shown();
  access.makePass.mockResolvedValueOnce({ ...MADE, trial: "/try/lobby" });
  const share = vi.fn(async (_: { text: string }) => undefined);
  Object.assign(navigator, { share });
  await press("page_pass");
  const link = made()?.querySelector("a");
  expect([link?.getAttribute("href"), link?.target, words(link)]).toEqual(["/try/lobby", "_blank", "panel_try_at Lobby"]);
  expect(words(made()?.querySelector("[role=status]"))).toBe("page_pass page_pass_pin 482915");
  await press("panel_share", made());
  expect(share.mock.lastCall?.[0].text).toBe(MADE.for_driver);
  Object.assign(navigator, { share: undefined });

  await press("panel_close", made());
  await press("page_pass");
  expect(made()?.querySelector("a")).toBeNull();
});

test("a delivery that would be refused says why, also beside its PIN", async () => {
  const until = `${DAY}T19:09:00Z`;
  const { root, press, made } = await shown({ expected: [{ ...PARCEL, refused: { layer: "unit_paused", until } }] });
  const refused = (within: ParentNode | null | undefined) => within?.querySelector("courier-access-refused")?.shadowRoot;
  const said = () => words(refused(root)?.querySelector(".notice"));
  expect(said()).toContain("page_refused_now page_unit_paused");
  expect(said()).toContain("19:09");
  await press("page_pass");
  expect(words(made()?.querySelector("[data-pin]"))).toBe(MADE.pin);
  expect(words(refused(made())?.querySelector(".notice"))).toContain("page_unit_paused");
  expect(words(refused(made())?.querySelector("button"))).toBe("page_resume_unit");
  expect(made()?.querySelector(".status")?.classList.contains("good")).toBe(false);
});

test("a pass that only asks the home says so in place of what it would open", async () => {
  const { view, root, press, made, settled } = await shown({ expected: [{ ...PARCEL, asks: true }] });
  expect(words(root.querySelector("li"))).toContain("panel_pass_asks");
  await press("page_pass");
  expect(words(made()?.querySelector("[role=status]"))).toContain("panel_pass_asks");
  expect(made()?.textContent).not.toContain("page_pass_says");
  expect(made()?.querySelector(".status")?.classList.contains("good")).toBe(false);
  view.building = { ...BUILDING, expected: [{ ...PARCEL, asks: false }] };
  await settled();
  expect(made()?.textContent).toContain("page_pass_says");
  expect(made()?.textContent).not.toContain("panel_pass_asks");
});

test("a pass says so if drivers can't open the door's page", async () => {
  const { access, press, made } = await shown();
  access.makePass.mockResolvedValueOnce({ ...MADE, page_unreachable: true });
  await press("page_pass");
  expect(words(made()?.querySelector("[role=status]"))).toContain("page_pass_unreachable");
  expect(words(made()?.querySelector("[data-pin]"))).toBe(MADE.pin);
  expect(made()?.querySelector(".status")?.classList.contains("good")).toBe(false);
});

test("an unused pass in the list is revoked only after a question", async () => {
  const passes = [{ pass: "p7", made_at: PARCEL.starts_at }];
  const { access, root } = await shown({ expected: [{ ...PARCEL, passes }] });
  const sure = [...root.querySelectorAll<Sure>("courier-access-sure")].find(({ label }) =>
    label.startsWith("page_revoke_pass"),
  );
  sure?.shadowRoot?.querySelector<HTMLButtonElement>("button")?.click();
  await sure?.updateComplete;
  expect(access.revokePass).not.toHaveBeenCalled();
  const dialog = sure?.shadowRoot?.querySelector("dialog");
  expect(words(dialog)).toContain("page_revoke_pass_sure");
  dialog?.querySelector<HTMLButtonElement>("button.stop")?.click();
  expect(access.revokePass).toHaveBeenCalledWith("b1", "p7");
});

test("a pass that opens the door at no time has nothing to send", async () => {
  const { access, press, made } = await shown({
    expected: [{ ...PARCEL, opens: [], refused: { layer: "outside_hours", until: null } }],
  });
  access.makePass.mockResolvedValueOnce({ ...MADE, for_driver: "" });
  await press("page_pass");
  expect(made()?.querySelector(".said")).toBeNull();
  expect([...(made()?.querySelectorAll("button") ?? [])].map(words)).toEqual(["panel_close"]);
  expect(words(made()?.querySelector(".status"))).not.toContain("panel_share_where");
});

test("a sentence that promises hours which are closed by now can't be sent", async () => {
  const { view, press, made, settled } = await shown({ expected: [{ ...PARCEL, opens: [{ from: PARCEL.starts_at, until: PARCEL.ends_at }] }] });
  await press("page_pass");
  expect(made()?.querySelector(".said")).not.toBeNull();
  view.building = { ...BUILDING, expected: [{ ...PARCEL, opens: [] }] };
  await settled();
  expect(made()?.querySelector(".said")).toBeNull();
});

test("a delivery says when it opens the door, unless that is all of its time", async () => {
  const whole = { from: PARCEL.starts_at, until: PARCEL.ends_at };
  const { root, view, settled } = await shown({ expected: [{ ...PARCEL, opens: [whole] }] });
  expect(words(root.querySelector("li"))).not.toContain("page_opens_only");
  const until = `${DAY}T18:30:00Z`;
  view.building = { ...BUILDING, expected: [{ ...PARCEL, opens: [{ ...whole, until }] }] };
  await settled();
  expect(words(root.querySelector("li"))).toMatch(/page_opens_only .*17:00.*18:30/);
});

test.each([
  ["denied", "notification_your_denied"],
  ["problem", "page_shut_problem"],
  ["outside_hours", "page_shut_outside_hours"],
  ["building_hours", "page_shut_outside_building_hours"],
  ["a rule of a newer version", "page_shut_otherwise"],
])("what refuses a delivery has its words: %s", async (layer, key) => {
  const { root } = await shown({ expected: [{ ...PARCEL, refused: { layer, until: null } }] });
  const refused = root.querySelector("courier-access-refused")?.shadowRoot;
  expect(words(refused?.querySelector(".notice"))).toBe(`page_refused_now ${key}`);
});
