import { expect, test, vi } from "vitest";

import type { Access } from "../src/access";
import { Entries } from "../src/entries";
import { Words, type Home } from "../src/home";
import type { Building, EntriesPage, Entry, Notified } from "../src/model";
import type { Told } from "../src/view";

const HOME = {
  language: "en-GB",
  config: { time_zone: "UTC" },
  localize: (key: string, values: object = {}) => [key.split(".").at(-1), ...Object.values(values)].join(" "),
} as Home;
const BUILDING = {
  building: "b1",
  couriers: [
    { courier: "post", name: "Parcel Post" },
    { courier: "swan", name: "Swan Express" },
  ],
  residents: [] as Building["residents"],
} as Building;
const NOTIFIED = [
  { resident: "Ada", reached: true },
  { resident: null, reached: true },
];
const CODE = "6a7d16d91a92ea5114a2";

function entry(record: number, hoursAgo: number, more: Partial<Entry> = {}): Entry {
  const at = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
  const plain = { entry_id: `E${record}`, courier: "Parcel Post", door: "Lobby", proof: "signed", decision: "admitted", outcome: "opened", repeats: 0 };
  return { ...plain, record, at, ...more } as Entry;
}

async function shown(...pages: Entry[][]) {
  const access = {
    entries: vi.fn(async (_: string, { before }: { before?: number }): Promise<EntriesPage> => {
      const number = before === undefined ? 0 : pages.findIndex((page) => page.at(-1)?.record === before) + 1;
      return { entries: pages[number] ?? [], next: number < pages.length - 1 ? (pages[number]?.at(-1)?.record ?? null) : null };
    }),
    visits: vi.fn(async () => ({ days: 30, visits: [] })),
    code: vi.fn(async () => CODE),
    notifications: vi.fn(async (_: string, [id = ""]: string[]): Promise<Record<string, Notified[]>> => ({ [id]: NOTIFIED })),
    picture: vi.fn(async (path: string): Promise<string | undefined> => `${path}?signed`),
    verify: vi.fn(async () => ({
      intact: true,
      records: 9,
      head: "",
      broken_at: null,
      notifications: [{ record: 9, hash: CODE, standing: "unchanged" }],
    })),
  };
  const view = new Entries();
  Object.assign(view, { home: HOME, words: new Words(HOME), access: access as unknown as Access, building: BUILDING });
  document.body.replaceChildren(view);
  const settled = async () => {
    for (let turn = 0; turn < 4; turn++) {
      await new Promise((resolve) => setTimeout(resolve));
      await view.updateComplete;
    }
  };
  await settled();
  return { view, access, settled, root: view.renderRoot as ShadowRoot };
}

/** An answer that comes when the test says so. */
function held<Answer = EntriesPage>() {
  let resolve: (answer: Answer) => void = () => undefined;
  const promise = new Promise<Answer>((answer) => (resolve = answer));
  return { promise, resolve: (answer: Answer) => resolve(answer) };
}

const words = (of: Node | null | undefined) => of?.textContent?.replace(/\s+/g, " ").trim();
const headings = (root: ShadowRoot) => [...root.querySelectorAll("h3")].map(words);
const records = (root: ShadowRoot) =>
  [...root.querySelectorAll("[data-record]")].map((each) => each.getAttribute("data-record"));

test("visits stand under their days, and a day over two pages has one heading", async () => {
  const { root, settled } = await shown([entry(9, 0), entry(8, 24)], [entry(7, 24), entry(6, 24 * 9)]);
  expect(headings(root)).toEqual(["Today", "Yesterday"]);
  root.querySelector<HTMLElement>("#more button")?.click();
  await settled();
  expect(headings(root)).toHaveLength(3);
  expect(records(root)).toEqual([..."9876"]);
  expect(root.querySelector("#more")).toBeNull();
});

test("a line says who came where and when, what became of it, and whether it was for the reader", async () => {
  const { root } = await shown([
    entry(9, 0, { units: ["3B"] }),
    entry(8, 0, { decision: "refused", outcome: null, reason: "expired" }),
    entry(7, 0, { decision: "observed", outcome: null }),
    entry(6, 0, { outcome: "failed" }),
  ]);
  const lines = [...root.querySelectorAll("[data-record]")];
  expect(lines.map((line) => words(line.querySelector(".beneath")))).toEqual([
    "panel_yours Lobby",
    "Lobby · notification_reason_expired",
    "Lobby · csv_observed",
    "Lobby · csv_failed",
  ]);
  expect(lines.map((line) => line.querySelector(".result")?.className)).toEqual(
    ["admitted", "refused", "unknown", "unknown"].map((result) => `result ${result}`),
  );
  expect(lines.map((line) => words(line.querySelector("strong")))).toEqual(Array(4).fill("Parcel Post"));
});

test("chips choose by decision and by courier", async () => {
  const { root, access, settled } = await shown([entry(9, 0)]);
  const tap = async (group: string, value: string) => {
    root.querySelector<HTMLElement>(`[aria-label=${group}] [data-value="${value}"]`)?.click();
    await settled();
  };
  const asked = () => access.entries.mock.lastCall?.[1];
  await tap("csv_decision", "refused");
  expect(asked()).toEqual({ limit: 50, decision: "refused" });
  await tap("csv_courier", "swan");
  expect(asked()).toEqual({ limit: 50, decision: "refused", courier: "swan" });
  expect([...root.querySelectorAll("[aria-pressed=true]")].map(words)).toEqual(["Csv_refused", "Swan Express"]);
  await tap("csv_courier", "");
  await tap("csv_decision", "");
  expect(asked()).toEqual({ limit: 50 });
});

test("a tap opens the details with the receipt, whose code is verified", async () => {
  const { root, access, settled } = await shown([entry(9, 0, { units: ["3B"], parcel_ref: "P-1", proof: "pass" })]);
  root.querySelector<HTMLElement>("[data-record] button")?.click();
  await settled();
  const visit = root.querySelector("courier-access-visit")?.shadowRoot;
  expect(words(visit?.querySelector(".receipt"))).toBe("panel_receipt 9 · 6a7d 16d9 1a92 ea51 14a2");
  expect(visit?.textContent).toContain("notification_parcel P-1");
  expect(visit?.textContent).toContain("notification_proof_pass");
  expect(access.code).toHaveBeenCalledWith("b1", 9);

  [...(visit?.querySelectorAll("button") ?? [])].find((each) => words(each) === "panel_verify")?.click();
  await settled();
  expect(access.verify).toHaveBeenCalledWith("b1", `9 · ${CODE}`);
  expect(words(visit?.querySelector(".notice.success"))).toBe("page_standing_unchanged 9");

  [...(visit?.querySelectorAll("button") ?? [])].find((each) => words(each) === "panel_close")?.click();
  await settled();
  expect(root.querySelector("courier-access-visit")).toBeNull();
  expect(root.activeElement).toBe(root.querySelector("[data-record] button"));
});

test("the receipt is copied alone, and the visit's page opens to be printed", async () => {
  const { root, access, settled } = await shown([entry(9, 0)]);
  root.querySelector<HTMLElement>("[data-record] button")?.click();
  await settled();
  const visit = root.querySelector("courier-access-visit")?.shadowRoot;
  const press = (name: string) => [...(visit?.querySelectorAll("button") ?? [])].find((each) => words(each) === name)?.click();
  const writeText = vi.fn(async () => {});
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  press("panel_copy_receipt");
  await settled();
  expect(writeText).toHaveBeenCalledExactlyOnceWith("9 · 6a7d 16d9 1a92 ea51 14a2");

  const open = vi.spyOn(window, "open").mockReturnValue({} as Window);
  const visitPage = vi.fn(async () => ({ path: "/api/courier_access/visit/b1/9?authSig=x" }));
  Object.assign(access, { visitPage });
  press("page_print");
  await settled();
  expect(visitPage).toHaveBeenCalledExactlyOnceWith("b1", 9);
  expect(open).toHaveBeenCalledExactlyOnceWith("/api/courier_access/visit/b1/9?authSig=x");
  open.mockRestore();
  vi.unstubAllGlobals();
});

test("a visit has its picture, and is without it if it can't be loaded", async () => {
  const { view, access, root, settled } = await shown([
    entry(9, 0, { units: ["3B"], picture: "/media/local/9.jpg" }),
    entry(8, 0, { units: ["3B"], picture: null }),
  ]);
  const [first, second] = [...root.querySelectorAll<HTMLElement>("[data-record] button")];
  const image = () => root.querySelector("courier-access-visit")?.shadowRoot?.querySelector("img");
  expect([first, second].map((line) => words(line)?.endsWith("panel_picture"))).toEqual([true, false]);
  expect(access.picture).not.toHaveBeenCalled();

  second?.click();
  await settled();
  expect(image()).toBeNull();
  expect(access.picture).not.toHaveBeenCalled();
  root.querySelector("courier-access-visit")?.dispatchEvent(new CustomEvent("ca-close"));
  await settled();

  first?.click();
  await settled();
  expect(image()?.getAttribute("src")).toBe("/media/local/9.jpg?signed");
  expect(image()?.alt).toBe("panel_picture");
  expect(image()?.loading).not.toBe("lazy"); // its path ends after 30 seconds
  image()?.dispatchEvent(new Event("error"));
  await settled();
  expect(image()).toBeNull();

  // A newer one is shown, too.
  access.entries.mockResolvedValueOnce({ entries: [entry(9, 0, { picture: "/media/local/new.jpg" })], next: null });
  view.news++;
  await settled();
  expect(image()?.getAttribute("src")).toBe("/media/local/new.jpg?signed");

  access.picture.mockRejectedValueOnce({ code: "unknown_command", message: "Unknown command." });
  access.entries.mockResolvedValueOnce({ entries: [entry(9, 0, { picture: "/media/local/newer.jpg" })], next: null });
  view.news++;
  await settled();
  expect(access.picture).toHaveBeenLastCalledWith("/media/local/newer.jpg");
  expect(image()).toBeNull();
});

test("an owner reads in a visit's dialog who was notified, and a resident doesn't", async () => {
  const { view, access, root, settled } = await shown([entry(9, 0), entry(8, 0, { decision: "refused", reason: "expired" })]);
  const [admitted] = [...root.querySelectorAll<HTMLElement>("[data-record] button")];
  const visit = () => root.querySelector("courier-access-visit");
  const said = () => words(visit()?.shadowRoot);
  const close = async () => {
    visit()?.dispatchEvent(new CustomEvent("ca-close"));
    await settled();
  };
  admitted?.click();
  await settled();
  expect(access.notifications).not.toHaveBeenCalled();
  expect(said()).not.toContain("loading");
  await close();

  view.building = { ...BUILDING, is_owner: true };
  await settled();
  expect(access.notifications).not.toHaveBeenCalled();
  const asked = held<Record<string, Notified[]>>();
  access.notifications.mockReturnValueOnce(asked.promise);
  admitted?.click();
  await settled();
  expect(access.notifications).toHaveBeenCalledExactlyOnceWith("b1", ["E9"]);
  expect(words(visit()?.shadowRoot?.querySelector("[role=status]"))).toBe("panel_loading");
  asked.resolve({ E9: NOTIFIED });
  await settled();
  expect(said()).toContain("Ada: panel_reached–: panel_reached");
  expect(visit()?.shadowRoot?.querySelector("[role=status]")).toBeNull();

  // What is shown stays until there is news.
  access.notifications.mockResolvedValueOnce({ E9: [{ resident: "Ben", reached: false }] });
  access.entries.mockResolvedValueOnce({ entries: [entry(9, 0), entry(8, 0, { decision: "refused", reason: "expired" })], next: null });
  view.news++;
  await settled();
  expect(said()).toContain("Ben: panel_not_reached");
  await close();

  root.querySelector<HTMLElement>('[data-record="8"] button')?.click();
  await settled();
  expect(visit()).not.toBeNull();
  expect(access.notifications).toHaveBeenCalledTimes(2);
  expect(said()).not.toContain("loading");
});

test("the only household reads no unit in its visits", async () => {
  const { view, root, settled } = await shown([entry(9, 0, { units: ["3B"] })]);
  root.querySelector<HTMLElement>("[data-record] button")?.click();
  await settled();
  const said = () => words(root.querySelector("courier-access-visit")?.shadowRoot?.querySelector("p"));
  expect(said()).toContain("notification_unit 3B");
  view.building = { ...BUILDING, is_one_home: true };
  await settled();
  expect(said()).not.toContain("notification_unit");
});

test("notifications that can't be read say why, and are read again on a tap", async () => {
  const { view, access, root, settled } = await shown([entry(9, 0)]);
  view.building = { ...BUILDING, is_owner: true };
  await settled();
  access.notifications.mockRejectedValueOnce({ code: "not_ready", message: "Not ready." });
  root.querySelector<HTMLElement>("[data-record] button")?.click();
  await settled();
  const visit = root.querySelector("courier-access-visit")?.shadowRoot;
  const failure = visit?.querySelector(".notice.error");
  expect(words(failure?.querySelector("span"))).toBe("Not ready.");
  expect(words(visit?.querySelector(".receipt"))).toContain("panel_receipt 9");
  failure?.querySelector("button")?.click();
  await settled();
  expect(words(visit)).toContain("Ada: panel_reached");
  expect(visit?.querySelector(".notice.error")).toBeNull();
});

test("what the door did is shown as soon as it is known", async () => {
  const { view, access, root, settled } = await shown([entry(9, 0, { outcome: null })]);
  root.querySelector<HTMLElement>("[data-record] button")?.click();
  await settled();
  const said = () => words(root.querySelector("courier-access-visit")?.shadowRoot?.querySelector("p"));
  expect(said()).toContain("notification_admitted Parcel Post");
  access.entries.mockResolvedValueOnce({ entries: [entry(9, 0)], next: null });
  view.news++;
  await settled();
  expect(said()).toContain("notification_admitted_opened Parcel Post");
});

test("another building begins without the courier and the visit of the one before", async () => {
  const { view, access, root, settled } = await shown([entry(9, 0)]);
  root.querySelector<HTMLElement>('[aria-label=csv_courier] [data-value="swan"]')?.click();
  await settled();
  root.querySelector<HTMLElement>("[data-record] button")?.click();
  await settled();
  expect(root.querySelector("courier-access-visit")).not.toBeNull();
  view.building = { ...BUILDING, building: "b2" };
  await settled();
  expect(access.entries).toHaveBeenLastCalledWith("b2", { limit: 50 });
  expect(root.querySelector("courier-access-visit")).toBeNull();
});

test("a courier that is removed no longer filters", async () => {
  const { view, access, root, settled } = await shown([entry(9, 0)]);
  root.querySelector<HTMLElement>('[aria-label=csv_courier] [data-value="swan"]')?.click();
  await settled();
  view.building = { ...BUILDING, couriers: BUILDING.couriers.slice(0, 1) };
  await settled();
  expect(access.entries).toHaveBeenLastCalledWith("b1", { limit: 50 });
});

test("visits are without a gap after more than a page of them", async () => {
  const { view, access, root, settled } = await shown([entry(9, 1), entry(8, 1)], [entry(7, 2)]);
  root.querySelector<HTMLElement>("#more button")?.click();
  await settled();
  access.entries.mockResolvedValueOnce({ entries: [entry(13, 0), entry(12, 0)], next: 12 });
  view.news++;
  await settled();
  expect(records(root)).toEqual(["13", "12"]);
  access.entries.mockResolvedValueOnce({ entries: [entry(11, 0), entry(10, 0)], next: 10 });
  root.querySelector<HTMLElement>("#more button")?.click();
  await settled();
  expect(access.entries).toHaveBeenLastCalledWith("b1", { limit: 50, before: 12 });
  expect(records(root)).toEqual(["13", "12", "11", "10"]);
});

test("more and newer visits that are read at the same time are all shown", async () => {
  const { view, access, root, settled } = await shown([entry(9, 1), entry(8, 1)]);
  access.entries.mockResolvedValueOnce({ entries: [entry(9, 1), entry(8, 1)], next: 8 });
  view.news++;
  await settled();
  const [newer, more] = [held(), held()];
  access.entries.mockReturnValueOnce(newer.promise).mockReturnValueOnce(more.promise);
  view.news++;
  await view.updateComplete;
  root.querySelector<HTMLElement>("#more button")?.click();
  more.resolve({ entries: [entry(7, 2)], next: null });
  await settled();
  newer.resolve({ entries: [entry(10, 0), entry(9, 1)], next: 9 });
  await settled();
  expect(records(root)).toEqual(["10", "9", "8", "7"]);
  expect(root.querySelector("#more")).toBeNull();
});

test("the newest visits stay when an earlier read of them comes late", async () => {
  const { view, access, root, settled } = await shown([entry(9, 0)]);
  const late = held();
  access.entries.mockReturnValueOnce(late.promise);
  view.news++;
  await view.updateComplete;
  access.entries.mockResolvedValueOnce({ entries: [entry(10, 0), entry(9, 0)], next: null });
  view.news++;
  await settled();
  late.resolve({ entries: [entry(9, 0)], next: null });
  await settled();
  expect(records(root)).toEqual(["10", "9"]);
});

test("two taps on more show its page once", async () => {
  const { root, settled } = await shown([entry(9, 0)], [entry(8, 0)], [entry(7, 0)]);
  const more = root.querySelector<HTMLElement>("#more button");
  more?.click();
  more?.click();
  await settled();
  expect(records(root)).toEqual(["9", "8"]);
});

test("visits that can't be read say why, and are read again on a tap", async () => {
  const { view, access, root, settled } = await shown([entry(9, 0)]);
  access.entries.mockRejectedValueOnce({ code: "not_ready", message: "Not ready." });
  view.building = { ...BUILDING, building: "b2" };
  await settled();
  const failure = root.querySelector(".notice.error");
  expect(words(failure?.querySelector("span"))).toBe("Not ready.");
  expect(root.querySelector("[role=status]")).toBeNull();
  failure?.querySelector("button")?.click();
  await settled();
  expect(records(root)).toEqual(["9"]);
  expect(root.querySelector(".notice.error")).toBeNull();
});

test("visits that are shown stay when they can't be read again", async () => {
  const { view, access, root, settled } = await shown([entry(9, 0)]);
  const told = vi.fn((event: Event) => (event as CustomEvent<Told>).detail.text);
  view.addEventListener("ca-told", told);
  access.entries.mockRejectedValueOnce({ code: "not_ready", message: "Not ready." });
  view.news++;
  await settled();
  expect(told).toHaveReturnedWith("Not ready.");
  expect(records(root)).toEqual(["9"]);
});
