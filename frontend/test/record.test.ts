import { expect, test, vi } from "vitest";

import type { Access } from "../src/access";
import { Words, type Home } from "../src/home";
import type { Building } from "../src/model";
import { RecordView } from "../src/record";

const HOME = { language: "en", config: { time_zone: "UTC" }, localize: (key: string) => key.split(".").at(-1) } as Home;
const RESIDENTS = [
  { unit: "3B", is_me: true, note: "Up." },
  { unit: "4A", is_me: true, note: "" },
  { unit: "5C", is_me: false, note: null },
];
const HEAD = { record: 9, hash: "9f86" };

const ONE_PAGE = () => vi.fn(async (): Promise<unknown> => ({ building: "House", records: [HEAD], head: HEAD, next: null }));

/** Download the record; returns what is in the file. */
async function taken(isOwner: boolean, records = ONE_PAGE()) {
  const access = {
    entries: vi.fn(async () => ({ entries: [{ entry_id: "E1", record: 8 }], next: null })),
    notifications: vi.fn(async () => ({ E1: [{ resident: "Ada", reached: true }] })),
    records,
  };
  const view = new RecordView();
  const building = { building: "b1", name: "House", is_owner: isOwner, retention_days: 30, residents: RESIDENTS } as Building;
  Object.assign(view, { home: HOME, words: new Words(HOME), access: access as unknown as Access, building });
  document.body.replaceChildren(view);
  await view.updateComplete;
  const saved = vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:file");
  // The DOM, which other tests share, would go to the address of the file.
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, "click").mockReturnValue(undefined);
  const named = (each: Element) => each.textContent?.trim() === "page_take_link";
  [...(view.renderRoot as ShadowRoot).querySelectorAll("button")].find(named)?.click();
  await vi.waitFor(() => expect(clicked).toHaveBeenCalled());
  const file = JSON.parse(await (saved.mock.lastCall?.[0] as Blob).text());
  saved.mockRestore();
  clicked.mockRestore();
  return { access, file };
}

test("a resident's download has the visits and the records", async () => {
  const { access, file } = await taken(false);
  expect(file).toMatchObject({ building: "House", entries: [{ entry_id: "E1", record: 8 }], records: [HEAD], head: HEAD });
  expect(file.driver_notes).toEqual({ "3B": "Up." });
  expect(access.notifications).not.toHaveBeenCalled();
});

test("an owner's download has the notifications of each visit, too", async () => {
  const { access, file } = await taken(true);
  expect(file.entries).toEqual([{ entry_id: "E1", record: 8, notifications: [{ resident: "Ada", reached: true }] }]);
  expect(access.notifications).toHaveBeenCalledExactlyOnceWith("b1", ["E1"]);
});

/** Download with answers that come one by one; returns what is shown of it after each of them. */
async function seen(link: string, access: object) {
  const turns: (() => void)[] = [];
  const inTurn = Object.fromEntries(
    Object.entries(access).map(([name, answers]) => [
      name,
      () => new Promise((resolve) => turns.push(() => resolve(answers.shift()))),
    ]),
  );
  const view = new RecordView();
  const building = { building: "b1", name: "House", is_owner: false, retention_days: 30, residents: RESIDENTS } as Building;
  Object.assign(view, { home: HOME, words: new Words(HOME), access: inTurn as unknown as Access, building });
  document.body.replaceChildren(view);
  await view.updateComplete;
  vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:file");
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockReturnValue(undefined);
  const shown = () => {
    const bar = view.renderRoot.querySelector("progress");
    return bar && [bar.getAttribute("aria-label"), bar.getAttribute("value"), bar.parentElement?.textContent?.trim()];
  };
  const named = (each: Element) => each.textContent?.trim() === link;
  [...view.renderRoot.querySelectorAll("button")].find(named)?.click();
  await view.updateComplete;
  const all = [shown()];
  for (let turn = turns.shift(); turn; turn = turns.shift()) {
    turn();
    await new Promise((resolve) => setTimeout(resolve));
    await view.updateComplete;
    all.push(shown());
  }
  vi.restoreAllMocks();
  return all;
}

test("a long download shows how much of it has come, and nothing once it is saved", async () => {
  const bar = (value: string | null, text: string) => ["page_take_link", value, text];
  const head = { record: 1000, hash: "9f86" };
  const all = await seen("page_take_link", {
    records: [
      { records: [], head, next: 500 },
      { records: [], head, next: null },
    ],
    entries: [
      { entries: [], next: 600 },
      { entries: [], next: null },
    ],
  });
  expect(all).toEqual([bar(null, ""), bar(null, ""), bar("0.2", "20%"), bar("0.5", "50%"), null]);
});

test("a download begins again if older records are deleted meanwhile", async () => {
  const answers = [1, 2, 2, 2].map((sealed, at) => ({
    building: "House",
    records: [{ record: 7 + at, hash: "9f86" }],
    head: HEAD,
    sealed,
    next: at % 2 ? null : 8,
  }));
  const { access, file } = await taken(false, vi.fn(async () => answers.shift()));
  expect(access.records).toHaveBeenCalledTimes(4);
  expect(file).toMatchObject({ sealed: 2, records: [{ record: 9 }, { record: 10 }] });
});

test("a long sheet shows how much of it has come, too", async () => {
  const bar = (value: string | null, text: string) => ["page_take_entries_link", value, text];
  const all = await seen("page_take_entries_link", {
    sheet: [
      { csv: "", next: 800 },
      { csv: "", next: 200 },
      { csv: "", next: null },
    ],
  });
  expect(all).toEqual([bar(null, ""), bar("0", "0%"), bar("0.75", "75%"), null]);
});

test("residents open the page with everything about them, for each of their homes", async () => {
  const aboutMe = vi.fn(async (_building: string, resident: string) => ({ path: `/about/${resident}` }));
  const opened = vi.spyOn(window, "open").mockReturnValue({} as Window);
  const show = async (residents: object[]) => {
    const view = new RecordView();
    const building = { building: "b1", name: "House", is_owner: true, retention_days: 30, residents } as Building;
    Object.assign(view, { home: HOME, words: new Words(HOME), access: { aboutMe } as unknown as Access, building });
    document.body.replaceChildren(view);
    await view.updateComplete;
    const buttons = [...(view.renderRoot as ShadowRoot).querySelectorAll("button")];
    return (label: string) => buttons.filter((each) => each.textContent?.trim() === label);
  };
  const own = { resident: "r1", unit: "3B", is_me: true };

  (await show([own, { resident: "r2", unit: "4A", is_me: false }]))("page_about_open")[0]?.click();
  await vi.waitFor(() => expect(opened).toHaveBeenCalledExactlyOnceWith("/about/r1"));
  expect(aboutMe).toHaveBeenCalledExactlyOnceWith("b1", "r1");

  expect((await show([own, { resident: "r3", unit: "5C", is_me: true }]))("panel_unit")).toHaveLength(2);
  expect((await show([{ ...own, is_me: false }]))("page_about_open")).toEqual([]);
  opened.mockRestore();
});

/** The page of somebody in these homes; `choose` enters days in a home's form. */
async function homes(...residents: object[]) {
  const chooseErasure = vi.fn(async () => {});
  const view = new RecordView();
  const building = { building: "b1", name: "House", is_owner: false, retention_days: 30, residents } as unknown as Building;
  const access = { chooseErasure } as unknown as Access;
  const words = new Words({ ...HOME, localize: (key: string, values?: object) => [key.split(".").at(-1), ...Object.values(values ?? {})].join(" ") } as Home);
  Object.assign(view, { home: HOME, words, access, building });
  document.body.replaceChildren(view);
  await view.updateComplete;
  const root = view.renderRoot as ShadowRoot;
  const choose = (days: string, number = 0) => {
    const form = root.querySelectorAll("form")[number] as HTMLFormElement;
    (form.querySelector("input") as HTMLInputElement).value = days;
    form.dispatchEvent(new SubmitEvent("submit", { cancelable: true }));
  };
  return { text: root.textContent ?? "", root, choose, chooseErasure };
}

const ADA = { resident: "ada", unit: "3B", is_me: true, waits_for_confirmation: false, note: "" };

test("a resident reads when details of visits to the own home are erased, and chooses", async () => {
  const { text, root, choose, chooseErasure } = await homes({ ...ADA, erasure: { days: 7, chosen: 14 } });
  expect(text).toContain("page_erased_after 7 30"); // The rules follow the building's time.
  const headed = [...root.querySelectorAll("section")].find((each) => each.querySelector("form"));
  expect(headed?.querySelector("h2")?.textContent).toBe("panel_erasing");
  expect(root.querySelector("input")?.value).toBe("14");
  choose("21");
  expect(chooseErasure).toHaveBeenLastCalledWith("b1", "ada", 21);
  choose("");
  expect(chooseErasure).toHaveBeenLastCalledWith("b1", "ada", undefined);
});

test("each home of a resident has its own days, and a pending one none to choose", async () => {
  const { text, root, choose, chooseErasure } = await homes(
    { ...ADA, erasure: { days: 7, chosen: 7 } },
    { ...ADA, resident: "at-4a", unit: "4A", erasure: { days: 60, chosen: null } },
    { ...ADA, resident: "at-5c", unit: "5C", waits_for_confirmation: true, erasure: { days: 30, chosen: null } },
  );
  for (const days of [7, 60, 30]) expect(text).toContain(`page_erased_after ${days}`);
  expect(root.querySelectorAll("form")).toHaveLength(2);
  choose("90", 1);
  expect(chooseErasure).toHaveBeenCalledExactlyOnceWith("b1", "at-4a", 90);
});

test("without a home there, the building's number of days is said", async () => {
  const { text, root } = await homes();
  expect(text).toContain("page_erased_after 30");
  expect(root.querySelector("form")).toBeNull();
});
