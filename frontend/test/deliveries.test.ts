import { expect, test, vi } from "vitest";

import type { Access } from "../src/access";
import { Deliveries } from "../src/deliveries";
import { Words, type Home } from "../src/home";
import type { Building, Delivery, MadePass } from "../src/model";

const HOME = {
  language: "en-GB",
  config: { time_zone: "UTC" },
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
  doors: [{ door: "lobby", name: "Lobby", lock: null, codes_off: false }],
  couriers: [{ courier: "post", name: "Parcel Post", enabled: true, doors: ["lobby"], longest_grant_hours: 24 }],
  residents: [{ resident: "ada", unit: "3B", is_me: true, waits_for_confirmation: false }],
  expected: [PARCEL],
} as unknown as Building;

async function shown(change: Partial<Building> = {}) {
  const decided = async () => ({ decision: "accepted", reason: "ok" });
  const access = {
    orders: vi.fn(async () => []),
    makePass: vi.fn(async () => ({ pass: "p1" }) as MadePass),
    rules: vi.fn(async () => ({ windows: {}, exceptions: [] })),
    issue: vi.fn(decided),
    revise: vi.fn(decided),
    revoke: vi.fn(async () => undefined),
  };
  const view = new Deliveries();
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
  return { access, root, press, settled, form: () => root.querySelector("courier-access-expect")?.shadowRoot };
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
  await press("page_cancel", root.querySelector("courier-access-veto")?.shadowRoot);
  expect(access.revoke).toHaveBeenCalledWith("b1", "post", "g1");
});

test("a neighbor's delivery can only be seen", async () => {
  const { units: _, grant_id: __, ...others } = PARCEL;
  const { root } = await shown({ expected: [others] });
  expect(words(root.querySelector("li"))).toContain("panel_expected_others");
  expect(root.querySelectorAll("li button, courier-access-veto")).toHaveLength(0);
});

test("a parcel is expected with taps alone", async () => {
  const { access, root, press, form, settled } = await shown();
  await press("page_expect");
  await press("Tomorrow", form());
  await press("page_hours 17:00 21:00", form());
  await send(form(), settled);
  expect(access.issue).toHaveBeenCalledWith("b1", "post", "3B", expect.objectContaining({ door: "lobby", parcel_ref: "" }));
  const { starts_at: start, ends_at: end } = access.issue.mock.lastCall?.at(3) as unknown as Delivery;
  const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  expect([start, end]).toEqual([`${day}T17:00:00`, `${day}T21:00:00`]);
  expect(root.querySelector("courier-access-expect")).toBeNull();
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
