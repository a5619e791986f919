import { expect, test, vi } from "vitest";

import type { Access } from "../src/access";
import { Words, type Home } from "../src/home";
import type { Building, Courier, Delivery, Entry, Resident } from "../src/model";
import { Now } from "../src/now";
import type { PauseView } from "../src/pause";
import type { Told } from "../src/view";
import { PRESETS, write } from "../src/week";

const HOME = {
  language: "en",
  config: { time_zone: "UTC" },
  states: { "lock.lobby": { entity_id: "lock.lobby", state: "locked", attributes: {} } },
  localize: (key: string, values: object = {}) => [key.split(".").at(-1), ...Object.values(values)].join(" "),
} as unknown as Home;
const SOON: Delivery = {
  courier: "Parcel Post",
  door: "Lobby",
  starts_at: new Date(Date.now() + 1_500_000).toISOString(),
  ends_at: new Date(Date.now() + 9_000_000).toISOString(),
  courier_id: "post",
  grant_id: "g1",
  units: ["3B"],
};
const BUILDING = {
  building: "b1",
  name: "12 Elm Street",
  paused_until: null,
  doors: [{ door: "lobby", name: "Lobby", lock: "lock.lobby", codes_off: false, unasked_rings: [] }],
  couriers: [],
  residents: [
    { resident: "ada", unit: "3B", is_me: true, consent: "given", has_hours: true, shut: null, next_change: null, unit_paused_until: null, note: null },
  ],
  pending_residents: [],
  questions: [],
  expected: [SOON],
} as unknown as Building;
const QUESTION = {
  question: "q1",
  courier: "Parcel Post",
  couriers: [{ courier: "post", name: "Parcel Post" }],
  door: "Lobby",
  proof: "signed",
  until: "2026-11-27T12:05:00Z",
  may_admit: true,
  waits: "now",
} as const;
const VISIT = { record: 4, door: "Lobby", decision: "admitted", courier: "Swan Express", at: "2026-11-27T10:00:00Z" };

async function shown(change: Partial<Building> = {}, others: Partial<Now> = {}) {
  const access = {
    entries: vi.fn(async () => ({ entries: [VISIT as Entry], next: null })),
    rules: vi.fn(async () => ({ revision: 7, windows: {} })),
    setRules: vi.fn(async (_building: string, _resident: string, revision: number, change: object) => ({
      windows: {},
      ...change,
      revision: revision + 1,
    })),
    confirm: vi.fn(async () => undefined),
    answer: vi.fn(async () => undefined),
    veto: vi.fn(async () => undefined),
  };
  const view = new Now();
  const told: Told[] = [];
  view.addEventListener("ca-told", (event) => told.push((event as CustomEvent<Told>).detail));
  const building = { ...BUILDING, ...change };
  Object.assign(view, { home: HOME, words: new Words(HOME), access: access as unknown as Access, building, ...others });
  document.body.replaceChildren(view);
  await settled(view);
  return { view, access, told, root: view.renderRoot as ShadowRoot };
}

async function settled(view: Now): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setTimeout(resolve));
    await view.updateComplete;
  }
}

/** What stands on the view, from the top. */
const order = (root: ShadowRoot) =>
  [...root.querySelectorAll("[data-decide], courier-access-next, [data-door], [data-shut], courier-access-pause")].map(
    (each) =>
      each.getAttribute("data-decide") ?? ["door", "shut"].find((name) => each.hasAttribute(`data-${name}`)) ?? each.localName,
  );

test("the only household has one pause, and no unit", async () => {
  const { root } = await shown({ is_one_home: true });
  const pauses = root.querySelectorAll<PauseView>("courier-access-pause");
  expect([...pauses].map(({ unit, until }) => [unit, until])).toEqual([[undefined, null]]);
  expect(root.textContent).not.toContain("panel_unit");
  expect(pauses[0]?.shadowRoot?.textContent).toContain("page_pause_home");
});

test("a pause of the only household's unit from before is shown, to resume", async () => {
  const [resident] = BUILDING.residents;
  const residents = [{ ...resident, shut: "unit_paused", unit_paused_until: "2026-11-28T10:00:00Z" }];
  const { root } = await shown({ is_one_home: true, residents } as Partial<Building>);
  expect(order(root).filter((each) => each === "courier-access-pause")).toHaveLength(2);
});

test("what the reader must decide stands first, then the next delivery, the door, and the pause", async () => {
  const [resident] = BUILDING.residents;
  const { root } = await shown({
    residents: [{ ...resident, consent: "not_given", shut: "not_given" }] as Building["residents"],
    pending_residents: [{ resident: "ben", name: "Ben", unit: "3B" }],
    questions: [QUESTION],
  });
  expect(order(root)).toEqual([
    "question",
    "consent",
    "newcomer",
    "courier-access-next",
    "door",
    "shut",
    "courier-access-pause",
    "courier-access-pause",
  ]);
});

test("nothing is asked of somebody who has decided", async () => {
  const { root } = await shown();
  expect(order(root)[0]).toBe("courier-access-next");
});

test("a courier at the door is let in, or not, with one tap", async () => {
  for (const [button, admit] of [[0, true], [1, false]] as const) {
    const { access, root } = await shown({ questions: [QUESTION] });
    const asked = root.querySelector("[data-decide=question]");
    expect(asked?.querySelector("h2")?.textContent).toBe("notification_ask Parcel Post Lobby");
    asked?.querySelectorAll("button")[button]?.click();
    expect(access.answer).toHaveBeenCalledWith("b1", "q1", admit, undefined);
  }
});

test("somebody who rings is let in as one of the couriers that are expected", async () => {
  const couriers = [...QUESTION.couriers, { courier: "swan", name: "Swan" }, { courier: "van", name: "Blue Van" }];
  for (const [button, courier] of [[0, "post"], [2, "van"], [3, undefined]] as const) {
    const { access, root } = await shown({ questions: [{ ...QUESTION, proof: "ring", couriers }] });
    const asked = root.querySelector("[data-decide=question]");
    expect(asked?.querySelector("h2")?.textContent).toBe("notification_ask_ring_several Parcel Post, Swan, Blue Van Lobby");
    const buttons = [...(asked?.querySelectorAll("button") ?? [])];
    expect(buttons.map(({ textContent }) => textContent?.trim())).toEqual([
      "notification_action_approve_courier Parcel Post",
      "notification_action_approve_courier Swan",
      "notification_action_approve_courier Blue Van",
      "notification_action_decline",
    ]);
    buttons[button]?.click();
    expect(access.answer).toHaveBeenCalledWith("b1", "q1", courier !== undefined, courier);
  }
});

test("a door says that its doorbell asks nobody, and from when it asks again", async () => {
  const [door] = BUILDING.doors as [Building["doors"][number]];
  const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  const [rang, until] = [at(-60), at(600)];
  const says = async (rings: Building["doors"][number]["unasked_rings"]) => {
    const { root } = await shown({ doors: [{ ...door, unasked_rings: rings }] });
    return [...root.querySelectorAll("section p")].map((line) => line.textContent ?? "").filter((text) => text.includes("unasked") || text.includes("asked_enough"));
  };
  const words = new Words(HOME);
  expect(await says([{ rang_at: rang, asks_again_at: until }])).toEqual([
    `panel_unasked_ring ${words.moment(rang)} ${words.moment(until)}`,
  ]);
  expect(await says([{ rang_at: rang, asks_again_at: null }])).toEqual([`panel_asked_enough ${words.moment(rang)}`]);
  expect(await says([{ rang_at: rang, asks_again_at: at(-1) }])).toEqual([]);
  expect(await says([{ rang_at: at(-3700), asks_again_at: null }])).toEqual([]);
  expect(await says([])).toEqual([]);
});

test("the next question has buttons of its own, which nobody has pressed yet", async () => {
  const { view, root } = await shown({ questions: [QUESTION, { ...QUESTION, question: "q2", courier: "Blue Van" }] });
  const [first, second] = root.querySelectorAll("[data-decide=question]");
  first?.querySelector("button")?.focus();
  view.building = { ...view.building, questions: view.building.questions.slice(1) };
  await settled(view);
  expect([...root.querySelectorAll("[data-decide=question]")]).toEqual([second]);
  expect(root.activeElement).toBeNull();
});

test("an answer is given once, however often it is pressed, and again after a refusal", async () => {
  const { view, access, root } = await shown({ questions: [QUESTION, { ...QUESTION, question: "q2" }] });
  let refuse: (error: unknown) => void = () => undefined;
  access.answer.mockImplementationOnce(() => new Promise((_, reject) => (refuse = reject)));
  const buttons = [...root.querySelectorAll<HTMLButtonElement>("[data-decide=question] button")];
  buttons[0]?.click();
  buttons[0]?.click();
  await view.updateComplete;
  expect(access.answer).toHaveBeenCalledTimes(1);
  expect(buttons.map(({ disabled }) => disabled)).toEqual([true, true, false, false]);
  refuse({ code: "home_assistant_error", message: "No." });
  await settled(view);
  expect(buttons.map(({ disabled }) => disabled)).toEqual([false, false, false, false]);
});

test("without consent there is no yes", async () => {
  const { root } = await shown({ questions: [{ ...QUESTION, proof: "ring", may_admit: false }] });
  const asked = root.querySelector("[data-decide=question]");
  expect(asked?.querySelector("h2")?.textContent).toBe("notification_ask_ring Parcel Post Lobby");
  expect(asked?.querySelectorAll("button")).toHaveLength(1);
});

test("a driver who stopped waiting may come back, and a bell may not", async () => {
  const questions = [
    { ...QUESTION, waits: "may_return" as const },
    { ...QUESTION, question: "q2", waits: "nobody" as const },
  ];
  const { view, access, root } = await shown({ questions });
  const [first, second] = root.querySelectorAll("[data-decide=question]");
  expect(first?.querySelector("p")?.textContent).toBe("notification_ask_may_return");
  expect(second?.querySelector("p")?.textContent).toBe("notification_ask_nobody");
  expect(second?.querySelectorAll("button")).toHaveLength(0);
  first?.querySelector("button")?.click();
  await settled(view);
  expect(access.answer).toHaveBeenCalledWith("b1", "q1", true, undefined);
  expect(root.textContent).toContain("notification_ask_may_return");
});

test("a ring that nobody waits for anymore is one that was", async () => {
  for (const waits of ["may_return", "nobody"] as const) {
    const { root } = await shown({ questions: [{ ...QUESTION, proof: "ring", waits }] });
    expect(root.querySelector("[data-decide=question] h2")?.textContent).toBe("notification_ask_rang Parcel Post Lobby");
  }
});

test("consent is given on the rules as they are", async () => {
  const [resident] = BUILDING.residents;
  const { view, access, root } = await shown({
    residents: [{ ...resident, consent: "not_given", shut: "not_given" }] as Building["residents"],
  });
  root.querySelector("courier-access-consent")?.dispatchEvent(new CustomEvent("ca-consent", { detail: { consent: "given" } }));
  await settled(view);
  expect(access.setRules).toHaveBeenCalledWith("b1", "ada", 7, { consent: "given" });
});

test("a no is sent as it was said, and nothing asks again", async () => {
  const [resident] = BUILDING.residents;
  const { view, access, root } = await shown({
    residents: [{ ...resident, consent: "not_given", shut: "not_given" }] as Building["residents"],
  });
  root.querySelector("courier-access-consent")?.dispatchEvent(new CustomEvent("ca-consent", { detail: { consent: "opted_out" } }));
  await settled(view);
  expect(access.setRules).toHaveBeenCalledWith("b1", "ada", 7, { consent: "opted_out" });
  const said = { ...resident, consent: "opted_out", has_hours: false, shut: "not_given" };
  view.building = { ...view.building, residents: [said as Resident] };
  await settled(view);
  expect(root.querySelector("[data-decide]")).toBeNull();
});

test("the next delivery says what would refuse it, also on a card", async () => {
  const refused = { layer: "unit_paused", until: "2026-11-27T19:09:00Z" };
  for (const flat of [false, true]) {
    const said = async (delivery: Delivery) => {
      const { root } = await shown({ expected: [delivery] }, { flat });
      const next = root.querySelector("courier-access-next")?.shadowRoot;
      return next?.querySelector("courier-access-refused")?.shadowRoot?.textContent;
    };
    expect(await said({ ...SOON, refused })).toContain("page_unit_paused");
    // The pause ends with the button below it.
    expect(await said({ ...SOON, refused })).not.toContain("page_resume_unit");
    expect(await said(SOON)).toBeUndefined();
  }
});

test("a resident's own no is said on Home, with the way to change it", async () => {
  const link = '[href="/courier-access/hours?building=b1"].to';
  for (const consent of ["opted_out", "withdrawn"] as const) {
    for (const shut of ["not_given", "withdrawn", null]) {
      const { root } = await shown({ residents: [{ ...ADA, consent, shut }] });
      expect(root.querySelector(".status")?.textContent).toContain(`page_consent_${consent}`);
      expect(root.querySelector(link)?.textContent).toBe("panel_change_decision");
    }
  }
  for (const consent of ["given", "not_given"] as const)
    expect((await shown({ residents: [{ ...ADA, consent }] })).root.querySelector(link)).toBeNull();
});

test("a resident whose consent ended with a change of the log reads that, and when it was found", async () => {
  const asked = { ...BUILDING.residents[0], consent: "not_given", shut: "not_given" } as Resident;
  const said = async (resident: Resident) => {
    const { root } = await shown({ residents: [resident] });
    return root.querySelector("courier-access-consent")?.shadowRoot?.querySelector(".status")?.textContent;
  };
  expect(await said({ ...asked, altered_at: "2026-11-24T12:00:00+00:00" })).toBe("notification_consent_altered Nov 24, 2026");
  expect(await said({ ...asked, altered_at: null })).toBe("page_consent_not_given");
});

const [ADA] = BUILDING.residents as [Resident];
test("a home that passes ask first isn't shown as open", async () => {
  const status = async (asks: boolean) =>
    (await shown({ residents: [{ ...ADA, asks }] })).root.querySelector("[data-shut]");
  expect((await status(true))?.textContent).toContain("panel_pass_asks");
  expect((await status(true))?.classList.contains("good")).toBe(false);
  expect((await status(false))?.textContent).not.toContain("panel_pass_asks");
  expect((await status(false))?.classList.contains("good")).toBe(true);
});

const WITHOUT_HOURS: Resident = { ...ADA, has_hours: false, shut: "no_hours" };
const chip = (within: ParentNode | null | undefined, preset: string) =>
  within?.querySelector<HTMLButtonElement>(`[data-value=${preset}]`);

test("hours are asked for in the place of the consent, and the keyboard goes on there", async () => {
  const asked = { residents: [{ ...ADA, consent: "not_given", shut: "not_given" } as Resident] };
  const { view, root } = await shown(asked, { pauses: false }); // happy-dom can't look past a pause for the keyboard
  root.querySelector("courier-access-consent")?.dispatchEvent(new CustomEvent("ca-consent", { detail: { consent: "given" } }));
  await settled(view);
  view.building = { ...view.building, residents: [WITHOUT_HOURS] };
  await settled(view);
  expect(order(root)[0]).toBe("hours");
  expect([...root.querySelectorAll<HTMLElement>("[data-value]")].map(({ dataset }) => dataset["value"])).toEqual([
    "evenings",
    "daytime",
    "always",
  ]);
  expect(root.activeElement).toBe(chip(root, "evenings"));
  chip(root, "evenings")?.blur();
});

test("who has hours already is led nowhere by a consent, now or later", async () => {
  const asked = { residents: [{ ...ADA, consent: "not_given", shut: "not_given" } as Resident] };
  const { view, root } = await shown(asked, { pauses: false });
  root.querySelector("courier-access-consent")?.dispatchEvent(new CustomEvent("ca-consent", { detail: { consent: "given" } }));
  await settled(view);
  view.building = { ...view.building, residents: [ADA] };
  await settled(view);
  view.building = { ...view.building, residents: [WITHOUT_HOURS] };
  await settled(view);
  expect(order(root)[0]).toBe("hours");
  expect(root.activeElement).toBeNull();
});

test("a consent that is refused leads nowhere", async () => {
  const { view, access, told, root } = await shown({ residents: [{ ...ADA, consent: "not_given", shut: "not_given" }] });
  access.setRules.mockRejectedValueOnce({ message: "Not now." });
  root.querySelector("courier-access-consent")?.dispatchEvent(new CustomEvent("ca-consent", { detail: { consent: "given" } }));
  await settled(view);
  expect(told.map(({ text }) => text)).toEqual(["Not now."]);
  view.building = { ...view.building, residents: [WITHOUT_HOURS] };
  await settled(view);
  expect(root.activeElement).toBeNull();
});

test("one tap saves the hours, based on the current rules, and Undo restores them", async () => {
  const { view, access, told, root } = await shown({ residents: [WITHOUT_HOURS] });
  chip(root, "always")?.click();
  chip(root, "daytime")?.click();
  await view.updateComplete;
  expect(chip(root, "always")?.getAttribute("aria-pressed")).toBe("true");
  await settled(view);
  expect(access.setRules.mock.calls).toEqual([["b1", "ada", 7, { windows: write(PRESETS.always) }]]);
  expect(told.map(({ text }) => text)).toEqual(["panel_kept page_hours_heading"]);
  told[0]?.undo?.();
  await settled(view);
  expect(chip(root, "always")?.getAttribute("aria-pressed")).toBe("false");
  expect(access.setRules).toHaveBeenLastCalledWith("b1", "ada", 8, { windows: {} });
});

test("the hours that were tapped stay chosen until the building has them, and the keyboard goes on with a parcel", async () => {
  const couriers = [{ courier: "post", enabled: true, doors: ["lobby"] } as Courier];
  const { view, root } = await shown({ residents: [WITHOUT_HOURS], couriers }, { pauses: false });
  const next = root.querySelector("courier-access-next")?.shadowRoot;
  chip(root, "always")?.click();
  await settled(view);
  view.building = { ...view.building, expected: [] };
  await settled(view);
  expect(chip(root, "always")?.getAttribute("aria-pressed")).toBe("true");
  expect(next?.activeElement).toBeNull();

  view.building = { ...view.building, residents: [ADA] };
  await settled(view);
  expect(root.querySelector("[data-decide=hours]")).toBeNull();
  expect(next?.activeElement?.textContent?.trim()).toBe("page_expect");

  (next?.activeElement as HTMLElement | undefined)?.blur();
  view.building = { ...view.building, residents: [WITHOUT_HOURS] };
  await settled(view);
  expect(chip(root, "always")?.getAttribute("aria-pressed")).toBe("false");
  view.building = { ...view.building, residents: [ADA] };
  await settled(view);
  expect(next?.activeElement).toBeNull();
});

test("without a courier, the keyboard goes on from the hours with all deliveries", async () => {
  const { view, root } = await shown({ residents: [WITHOUT_HOURS] }, { pauses: false });
  chip(root, "always")?.click();
  view.building = { ...view.building, residents: [ADA] };
  await settled(view);
  const next = root.querySelector("courier-access-next")?.shadowRoot;
  expect(next?.activeElement?.textContent?.trim()).toBe("panel_next_all");
  (next?.activeElement as HTMLElement | undefined)?.blur();
});

test("hours that are refused, or don't get through, can be set again", async () => {
  const { view, access, told, root } = await shown({ residents: [WITHOUT_HOURS] });
  access.setRules.mockRejectedValueOnce({ message: "Changed meanwhile." });
  chip(root, "always")?.click();
  await settled(view);
  access.rules.mockRejectedValueOnce({});
  chip(root, "always")?.click();
  await settled(view);
  expect(told.map(({ text }) => text)).toEqual(["Changed meanwhile.", "panel_no_answer"]);
  expect(chip(root, "always")?.getAttribute("aria-pressed")).toBe("false");
  chip(root, "always")?.click();
  await settled(view);
  expect(told.at(-1)?.text).toBe("panel_kept page_hours_heading");
});

test("hours are asked for during a pause, too, and on no card", async () => {
  const paused: Resident = { ...WITHOUT_HOURS, shut: "building_paused" };
  expect(order((await shown({ residents: [paused] })).root)[0]).toBe("hours");
  expect(order((await shown({ residents: [WITHOUT_HOURS] }, { flat: true })).root)[0]).toBe("courier-access-next");
});

test("a resident of two units is asked for each by its name", async () => {
  const shop: Resident = { ...WITHOUT_HOURS, resident: "ada-shop", unit: "Shop" };
  const { view, access, root } = await shown({ residents: [WITHOUT_HOURS, shop] });
  const asked = [...root.querySelectorAll("[data-decide=hours]")];
  expect(asked.map((each) => each.querySelectorAll("p")[1]?.textContent)).toEqual(["panel_unit 3B", "panel_unit Shop"]);
  chip(asked[1], "daytime")?.click();
  await view.updateComplete;
  expect(asked.map((each) => chip(each, "daytime")?.getAttribute("aria-pressed"))).toEqual(["false", "true"]);
  await settled(view);
  expect(access.setRules).toHaveBeenCalledWith("b1", "ada-shop", 7, { windows: write(PRESETS.daytime) });
});

test("a parcel can be expected by a resident who has decided, from the first view and not from a card", async () => {
  const POST = { courier: "post", enabled: true, doors: ["lobby"] } as Courier;
  const expects = async (change: Partial<Building>, others: Partial<Now> = {}) => {
    const { root } = await shown({ couriers: [POST], ...change }, others);
    return root.querySelector("courier-access-next")?.shadowRoot?.querySelector("a.button") ?? null;
  };
  expect(await expects({ couriers: [] })).toBeNull();
  expect(await expects({}, { flat: true })).toBeNull();
  expect(await expects({ residents: [{ ...WITHOUT_HOURS, shut: "unit_paused" }] })).toBeNull();
  expect(await expects({ residents: [{ ...ADA, consent: "withdrawn", shut: "withdrawn" }] })).toBeNull();
  expect(await expects({ residents: [{ ...ADA, waits_for_confirmation: true }] })).toBeNull();

  const link = await expects({ residents: [WITHOUT_HOURS, { ...ADA, resident: "ada-shop", unit: "Shop" }] });
  expect(link?.textContent?.trim()).toBe("page_expect");
  expect(link?.getAttribute("href")).toBe("/courier-access/deliveries?building=b1&expect");
});

test("the next delivery says when it opens the door, unless that is all of its time", async () => {
  const [next] = BUILDING.expected;
  const said = async (until: string) => {
    const opens = [{ from: next!.starts_at, until }];
    const { root } = await shown({ expected: [{ ...next!, opens }] });
    return root.querySelector("courier-access-next")?.shadowRoot?.textContent;
  };
  expect(await said(next!.ends_at)).not.toContain("page_opens_only");
  const halfway = (Date.parse(next!.starts_at) + Date.parse(next!.ends_at)) / 2;
  expect(await said(new Date(halfway).toISOString())).toContain("page_opens_only");
});

test("the next delivery counts down, and is vetoed in two taps", async () => {
  const { view, access, root } = await shown();
  const next = root.querySelector("courier-access-next");
  expect(next?.shadowRoot?.querySelector(".count")?.textContent?.trim()).toBe("in 25 minutes");

  const veto = next?.shadowRoot?.querySelector("courier-access-veto")?.shadowRoot?.querySelector("courier-access-sure")?.shadowRoot;
  veto?.querySelector<HTMLButtonElement>("button.stop")?.click();
  await settled(view);
  expect(access.veto).not.toHaveBeenCalled();
  veto?.querySelector<HTMLButtonElement>("dialog button.stop")?.click();
  await settled(view);
  expect(access.veto).toHaveBeenCalledWith("b1", "post", "g1", "3B");
});

test("a card shows the same in rows, and a compact one no more than the delivery and the door", async () => {
  const { root } = await shown({}, { flat: true });
  expect(order(root)).toEqual(["courier-access-next", "door", "shut", "courier-access-pause", "courier-access-pause"]);
  const next = root.querySelector("courier-access-next")?.shadowRoot;
  expect(next?.querySelector("h2")).toBeNull();
  expect(next?.querySelector("p")?.textContent).toContain("in 25 minutes");

  const compact = { flat: true, compact: true, pauses: false };
  expect(order((await shown({}, compact)).root)).toEqual(["courier-access-next", "door"]);
  const [resident] = BUILDING.residents;
  const paused = { residents: [{ ...resident, shut: "unit_paused", unit_paused_until: "2026-11-28T10:00:00Z" }] };
  expect(order((await shown(paused as Partial<Building>, compact)).root)).toEqual([
    "courier-access-next",
    "door",
    "shut",
    "courier-access-pause",
  ]);
});

test("an owner who lives elsewhere has no next delivery", async () => {
  expect(order((await shown({ residents: [] })).root)).toEqual(["door", "courier-access-pause"]);
});

test("pauses can be left out, but not one that is on", async () => {
  const { root } = await shown({}, { pauses: false });
  expect(order(root)).toEqual(["courier-access-next", "door", "shut"]);
  const paused = await shown({ paused_until: "2026-11-28T10:00:00Z" }, { pauses: false });
  expect(order(paused.root).at(-1)).toBe("courier-access-pause");
});

test("a door shows its last visit, read again when couriers came", async () => {
  const { view, access, root } = await shown();
  expect(root.querySelector("[data-door]")?.textContent).toContain("panel_last_visit Swan Express");
  expect(access.entries).toHaveBeenCalledTimes(1);
  view.news++;
  await settled(view);
  expect(access.entries).toHaveBeenCalledTimes(2);
  view.building = { ...view.building };
  await settled(view);
  expect(access.entries).toHaveBeenCalledTimes(2);
});
