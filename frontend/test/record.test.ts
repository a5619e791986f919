import { expect, test, vi } from "vitest";

import type { Access } from "../src/access";
import { Words, type Home } from "../src/home";
import type { Building } from "../src/model";
import { RecordView } from "../src/record";

const HOME = { language: "en", config: { time_zone: "UTC" }, localize: (key: string) => key.split(".").at(-1) } as Home;
const HEAD = { record: 9, hash: "9f86" };

/** Download the record; returns what is in the file. */
async function taken(isOwner: boolean) {
  const access = {
    entries: vi.fn(async () => ({ entries: [{ entry_id: "E1", record: 8 }], next: null })),
    notifications: vi.fn(async () => ({ E1: [{ resident: "Ada", state: "sent" }] })),
    records: vi.fn(async () => ({ building: "House", records: [HEAD], head: HEAD, next: null })),
  };
  const view = new RecordView();
  const building = { building: "b1", name: "House", is_owner: isOwner, retention_days: 30 } as Building;
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
  expect(access.notifications).not.toHaveBeenCalled();
});

test("an owner's download has the notifications of each visit, too", async () => {
  const { access, file } = await taken(true);
  expect(file.entries).toEqual([{ entry_id: "E1", record: 8, notifications: [{ resident: "Ada", state: "sent" }] }]);
  expect(access.notifications).toHaveBeenCalledExactlyOnceWith("b1", ["E1"]);
});
