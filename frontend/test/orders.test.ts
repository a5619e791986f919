import { expect, test, vi } from "vitest";

import type { Access } from "../src/access";
import { Words, type Home } from "../src/home";
import type { Building, Checks, Order, OrderSource, OrderSources, Prospect } from "../src/model";
import { Orders } from "../src/orders";

const HOME = {
  language: "en",
  config: { time_zone: "UTC" },
  localize: (key: string, values: object = {}) => [key.split(".").at(-1), ...Object.values(values)].join(" "),
} as Home;
const BUILDING = {
  building: "b1",
  name: "12 Elm Street",
  residents: [{ resident: "ada", unit: "3B", is_me: true }],
  doors: [
    { door: "lobby", name: "Lobby", lock: null },
    { door: "garage", name: "Garage", lock: null },
  ],
  couriers: [
    { courier: "post", name: "Parcel Post", enabled: true },
    { courier: "gone", name: "Gone Post", enabled: false },
  ],
} as unknown as Building;
const SOURCE: OrderSource = {
  sensor: "sensor.dhl",
  name: "DHL (Ada)",
  missing: null,
  last_parcel: "JD1",
  changed_at: "2026-11-24T09:00:00+00:00",
  is_silent: false,
  silent_since: null,
  left_out: 0,
};
const WORKS = { changed_at: "2026-11-24T09:00:00+00:00", is_silent: false, silent_since: null, left_out: 0 };
const OFFERED: OrderSources = {
  sensors: [
    { ...WORKS, sensor: "sensor.dhl", name: "DHL (Ada)", notes: [] },
    { ...WORKS, sensor: "sensor.mail", name: "Mail UPS", notes: ["strangers"] },
  ],
};
const ORDER: Order = {
  order: "o1",
  courier_id: "post",
  courier: "Parcel Post",
  is_paused: false,
  resident: "ada",
  door: "Lobby",
  sources: [SOURCE],
  most_per_day: 3,
  revision: 1,
};
const PARCEL: Prospect = {
  order: "o1",
  courier: "Parcel Post",
  unregistered_carrier: null,
  most_per_day: 3,
  parcel: "JD1",
  becomes: "not_today",
  always_asks: false,
};
/** An owner's view of somebody else's order, which is none of the reader's. */
const ANOTHERS: Order = { order: "o2", courier_id: "post", courier: "Parcel Post", is_paused: false };

async function shown(orders: Order[], building = BUILDING) {
  const access = {
    orders: vi.fn(async () => orders),
    orderSources: vi.fn(async () => OFFERED),
    setOrder: vi.fn(async () => ORDER),
    withdrawOrder: vi.fn(async () => undefined),
    check: vi.fn(async (): Promise<Checks> => ({ checks: [], parcels: [PARCEL], silent_sources: [] })),
  };
  const view = new Orders();
  Object.assign(view, { home: HOME, words: new Words(HOME), access: access as unknown as Access, building });
  document.body.replaceChildren(view);
  await settled(view);
  return { view, access, root: view.renderRoot as ShadowRoot };
}

async function settled(view: Orders): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await view.updateComplete;
    await Promise.resolve();
  }
}

function button(root: ShadowRoot, text: string): HTMLButtonElement {
  const found = [...root.querySelectorAll("button")].find((each) => each.textContent?.includes(text));
  if (!found) throw new Error(`no button ${text}`);
  return found;
}

function choose(root: ShadowRoot, label: string, option: string): void {
  const field = [...root.querySelectorAll("label.field")].find((each) => each.textContent?.includes(label));
  const select = field?.querySelector("select");
  const chosen = [...(select?.options ?? [])].find((each) => each.textContent === option);
  if (!select || !chosen) throw new Error(`no ${label} ${option}`);
  select.value = chosen.value;
  select.dispatchEvent(new Event("change"));
}

function turn(root: ShadowRoot, name: string, on: boolean): void {
  const label = [...root.querySelectorAll("label.toggle")].find((each) => each.textContent?.includes(name));
  const box = label?.querySelector("input");
  if (!box) throw new Error(`no source ${name}`);
  box.checked = on;
  box.dispatchEvent(new Event("change"));
}

test("one's own orders are listed with their source, courier, and limit", async () => {
  const { root } = await shown([ORDER, ANOTHERS]);
  expect(root.querySelectorAll("li")).toHaveLength(1);
  const text = root.querySelector("li")?.textContent;
  for (const part of ["Parcel Post, Lobby", "DHL (Ada)", "panel_orders_last JD1", "panel_orders_works", "panel_orders_most 3"]) expect(text).toContain(part);
  expect(text).not.toContain("panel_orders_paused");
});

test("one tap pauses or resumes, and two withdraw", async () => {
  const { view, access, root } = await shown([ORDER]);
  button(root, "panel_orders_pause").click();
  await settled(view);
  expect(access.setOrder).toHaveBeenCalledWith("b1", "ada", { order: "o1", paused: true });
  const sure = root.querySelector("courier-access-sure")?.shadowRoot as ShadowRoot;
  button(sure, "panel_orders_withdraw").click();
  await settled(view);
  expect(access.withdrawOrder).not.toHaveBeenCalled();
  expect(sure.querySelector("dialog")?.textContent).toContain("panel_orders_withdraw_sure");
  sure.querySelector<HTMLButtonElement>("dialog button.stop")?.click();
  await settled(view);
  expect(access.withdrawOrder).toHaveBeenCalledWith("b1", "o1");
  expect(access.orders).toHaveBeenCalledTimes(3);

  const paused = await shown([{ ...ORDER, is_paused: true, sources: [{ ...SOURCE, name: null, sensor: null, missing: "removed" }] }]);
  expect(paused.root.textContent).toContain("panel_orders_removed");
  button(paused.root, "panel_orders_resume").click();
  await settled(paused.view);
  expect(paused.access.setOrder).toHaveBeenCalledWith("b1", "ada", { order: "o1", paused: false });
});

test("an order is given from a source, a courier, and a door", async () => {
  const { view, access, root } = await shown([]);
  expect(root.textContent).toContain("panel_orders_none");
  button(root, "panel_orders_give").click();
  await settled(view);
  const give = () => [...root.querySelectorAll<HTMLButtonElement>("dialog button")].at(-1);
  expect(give()?.disabled).toBe(true);
  expect(root.textContent).not.toContain("Gone Post");

  expect(root.textContent).toContain("panel_orders_strangers");
  expect(root.textContent).toContain("panel_orders_courier_says");
  turn(root, "Mail UPS", true);
  await settled(view);
  turn(root, "DHL (Ada)", true);
  await settled(view);
  choose(root, "panel_orders_courier", "Parcel Post");
  await settled(view);
  choose(root, "panel_orders_door", "Garage");
  const most = root.querySelector<HTMLInputElement>("input[type=number]");
  if (!most) throw new Error("no number");
  most.value = "99";
  most.dispatchEvent(new Event("change"));
  await settled(view);
  give()?.click();
  await settled(view);
  expect(access.setOrder).toHaveBeenCalledWith("b1", "ada", {
    sensors: ["sensor.mail", "sensor.dhl"],
    courier: "post",
    door: "garage",
    most_per_day: 20,
  });
  expect(root.querySelector("dialog")).toBeNull();
});

test("the sources of an order are chosen again, without those that are gone", async () => {
  const gone = { ...SOURCE, sensor: "sensor.gone", name: null, missing: "removed" as const };
  const { view, access, root } = await shown([{ ...ORDER, sources: [SOURCE, gone] }]);
  expect(root.textContent).toContain("panel_orders_removed");
  button(root, "panel_orders_change").click();
  await settled(view);
  expect(root.querySelector("dialog")?.textContent).toContain("panel_orders_change");
  expect(root.textContent).not.toContain("panel_orders_courier");
  turn(root, "Mail UPS", true);
  await settled(view);
  turn(root, "DHL (Ada)", false);
  await settled(view);
  [...root.querySelectorAll<HTMLButtonElement>("dialog button")].at(-1)?.click();
  await settled(view);
  expect(access.setOrder).toHaveBeenCalledWith("b1", "ada", { order: "o1", sensors: ["sensor.mail"] });
});

test("an order without a source says what it waits for, and asks for one", async () => {
  expect((await shown([ORDER])).root.textContent).not.toContain("panel_orders_waits");
  const { view, root } = await shown([{ ...ORDER, sources: [] }]);
  expect(root.querySelector("[data-order]")?.textContent).toContain("panel_orders_waits");
  expect(root.textContent).not.toContain("panel_orders_change");
  button(root, "panel_orders_choose").click();
  await settled(view);
  expect(root.querySelector("dialog")?.textContent).toContain("panel_orders_choose");
});

test("what becomes of one's parcels is shown if asked for, and kept up to date", async () => {
  const { view, access, root } = await shown([ORDER]);
  expect(access.check).not.toHaveBeenCalled();
  button(root, "panel_check_parcels").click();
  await settled(view);
  expect(access.check).toHaveBeenCalledWith("b1", "lobby", "3B");
  expect(root.querySelector("[data-parcels]")?.textContent).toContain("panel_becomes_not_today");

  access.check.mockResolvedValueOnce({ checks: [], parcels: [{ ...PARCEL, becomes: "over" }], silent_sources: [] });
  view.building = { ...BUILDING };
  await settled(view);
  expect(root.querySelector("[data-parcels]")?.textContent).toContain("panel_becomes_over");

  view.building = { ...BUILDING, building: "b2" };
  await settled(view);
  expect(root.querySelector("[data-parcels]")).toBeNull();
  expect(access.check).toHaveBeenCalledTimes(2);
});

test("a building without a door can't say what becomes of parcels", async () => {
  const { root } = await shown([ORDER], { ...BUILDING, doors: [] });
  expect(root.textContent).not.toContain("panel_check_parcels");
});

test("a source that is silent or too long says so", async () => {
  const silent = { ...SOURCE, is_silent: true, silent_since: "2026-11-24T09:00:00+00:00", last_parcel: null };
  const { root } = await shown([{ ...ORDER, sources: [silent, { ...SOURCE, left_out: 7 }] }]);
  expect(root.textContent).toContain("panel_orders_silent");
  expect(root.textContent).toContain("panel_orders_left_out 7");
});

test("a disabled source isn't said to be removed", async () => {
  const { root } = await shown([{ ...ORDER, sources: [{ ...SOURCE, name: "sensor.dhl", missing: "disabled", is_silent: true }] }]);
  expect(root.textContent).toContain("panel_orders_disabled sensor.dhl");
  expect(root.textContent).not.toContain("panel_orders_removed");
});

test("the dialog says of each source whether it works, and explains each note once", async () => {
  const { view, access, root } = await shown([]);
  const silent = { ...WORKS, is_silent: true, silent_since: "2026-11-24T09:00:00+00:00" };
  access.orderSources.mockResolvedValueOnce({
    sensors: [
      ...OFFERED.sensors,
      { ...silent, sensor: "sensor.usps", name: "Mail USPS", notes: ["strangers"] },
    ],
  });
  button(root, "panel_orders_give").click();
  await settled(view);
  const said = [...root.querySelectorAll("dialog label.toggle")].map((each) => each.textContent?.trim());
  expect(said[0]).toMatch(/^DHL \(Ada\)panel_orders_works [^·]*$/);
  expect(said[1]).toMatch(/^Mail UPSpanel_orders_works .* · panel_orders_strangers$/);
  expect(said[2]).toMatch(/^Mail USPSpanel_orders_silent .* · panel_orders_strangers$/);
  expect(root.querySelector("dialog")?.textContent?.match(/panel_orders_strangers_says/g)).toHaveLength(1);
  expect(root.textContent).not.toContain("panel_orders_only_planned_says");
});

test("without a source, the dialog names integrations that serve, and asks nothing else", async () => {
  const { view, access, root } = await shown([]);
  access.orderSources.mockResolvedValueOnce({ sensors: [] });
  button(root, "panel_orders_give").click();
  await settled(view);
  expect(root.textContent).toContain("panel_orders_no_sources");
  expect(root.querySelector("dialog input, dialog select, dialog ha-select")).toBeNull();
});

test("nobody who lives elsewhere is offered an order", async () => {
  const { access, root } = await shown([], { ...BUILDING, residents: [] });
  expect(root.textContent?.trim()).toBe("");
  expect(access.orders).not.toHaveBeenCalled();
});

test("two taps give one order", async () => {
  const { view, access, root } = await shown([]);
  button(root, "panel_orders_give").click();
  await settled(view);
  turn(root, "DHL (Ada)", true);
  await settled(view);
  choose(root, "panel_orders_courier", "Parcel Post");
  await settled(view);
  let given: (order: Order) => void = () => undefined;
  access.setOrder.mockReturnValueOnce(new Promise((resolve) => (given = resolve)));
  const give = [...root.querySelectorAll<HTMLButtonElement>("dialog button")].at(-1);
  give?.click();
  give?.click();
  await settled(view);
  expect(give?.disabled).toBe(true);
  given(ORDER);
  await settled(view);
  expect(access.setOrder).toHaveBeenCalledTimes(1);
  expect(root.querySelector("dialog")).toBeNull();
});

test("orders are read again when the building changes", async () => {
  const { view, access, root } = await shown([]);
  access.orders.mockResolvedValueOnce([ORDER]);
  view.building = { ...BUILDING };
  await settled(view);
  expect(root.querySelectorAll("li")).toHaveLength(1);
});

test("what comes late of another building isn't shown", async () => {
  const { view, access, root } = await shown([ORDER]);
  let late: ((orders: Order[]) => void) | undefined;
  access.orders.mockReturnValueOnce(new Promise((resolve) => (late = resolve)));
  view.building = { ...BUILDING };
  await view.updateComplete;
  let sources: ((found: OrderSources) => void) | undefined;
  access.orderSources.mockReturnValueOnce(new Promise((resolve) => (sources = resolve)));
  button(root, "panel_orders_give").click();

  access.orders.mockResolvedValueOnce([]);
  view.building = { ...BUILDING, building: "b2" };
  await view.updateComplete;
  expect(root.querySelectorAll("li")).toHaveLength(0);
  late?.([ORDER]);
  sources?.({ sensors: [] });
  await settled(view);
  expect(root.querySelectorAll("li")).toHaveLength(0);
  expect(root.querySelector("dialog")).toBeNull();
});
