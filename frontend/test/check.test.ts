import { expect, test } from "vitest";

import type { Access } from "../src/access";
import { Check } from "../src/check";
import { Words, type Home } from "../src/home";
import type { Verified } from "../src/model";

const HOME = {
  language: "en",
  config: { time_zone: "UTC" },
  localize: (key: string, values: object = {}) => [key.split(".").at(-1), ...Object.values(values)].join(" "),
} as Home;
const INTACT: Verified = { intact: true, records: 30, head: "", broken_at: null };

/** What a check says, line by line, each with whether it is good or bad. */
async function said(found: Verified): Promise<string[]> {
  const view = new Check();
  const access = { verify: () => Promise.resolve(found) } as unknown as Access;
  const building = { building: "b1", name: "12 Elm Street" };
  Object.assign(view, { home: HOME, words: new Words(HOME), access, building });
  document.body.replaceChildren(view);
  await view.updateComplete;
  view.renderRoot.querySelector("button")?.click();
  await new Promise((resolve) => setTimeout(resolve));
  await view.updateComplete;
  const lines = [...view.renderRoot.querySelectorAll("[role=status] p")];
  return lines.map((line) => `${line.className.replace("status ", "")}: ${line.textContent?.trim() ?? ""}`);
}

function standing(...each: string[]): Verified {
  return { ...INTACT, notifications: each.map((found) => ({ record: 23, hash: "", standing: found })) };
}

test("a code that doesn't match stands without an all-clear", async () => {
  for (const wrong of ["another", "missing"]) {
    expect(await said(standing(wrong))).toEqual([`bad: page_standing_${wrong} 23`]);
    expect(await said(standing("unchanged", wrong))).toEqual([
      "good: page_standing_unchanged 23",
      `bad: page_standing_${wrong} 23`,
    ]);
  }
});

test("a code that is older than the log is no mismatch", async () => {
  expect(await said(standing("older"))).toEqual(["good: page_checked_intact 30", "soft: page_standing_older 23"]);
});

test("a code that matches confirms the whole record", async () => {
  expect(await said(standing("unchanged"))).toEqual([
    "good: page_checked_intact 30",
    "good: page_standing_unchanged 23",
  ]);
  expect(await said(INTACT)).toEqual(["good: page_checked_intact 30", "soft: page_checked_alone"]);
});

test("what was found in one building isn't said of another", async () => {
  const view = new Check();
  const answers: ((found: Verified) => void)[] = [];
  const access = { verify: () => new Promise<Verified>((resolve) => answers.push(resolve)) } as unknown as Access;
  const building = { building: "b1", name: "12 Elm Street" };
  Object.assign(view, { home: HOME, words: new Words(HOME), access, building });
  document.body.replaceChildren(view);
  await view.updateComplete;
  const root = view.renderRoot as ShadowRoot;
  const settled = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await view.updateComplete;
  };
  const press = async () => {
    root.querySelector("button")?.click();
    await settled();
  };
  const lines = () => root.querySelectorAll("[role=status] p").length;

  await press();
  answers[0]?.(INTACT);
  await settled();
  expect(lines()).toBe(2);
  view.building = { building: "b2", name: "9 Oak Street" };
  await settled();
  expect(lines()).toBe(0);

  await press();
  view.building = building;
  await settled();
  await press();
  answers[1]?.(INTACT);
  await settled();
  expect(lines()).toBe(0);
  expect(root.querySelector("button")?.disabled).toBe(true);
  answers[2]?.(INTACT);
  await settled();
  expect(lines()).toBe(2);
  expect(root.querySelector("button")?.disabled).toBe(false);
});

test("a changed record is said before the codes", async () => {
  expect(await said({ ...standing("altered"), intact: false, broken_at: 7 })).toEqual([
    "bad: page_checked_broken 7",
    "bad: page_standing_altered 23",
  ]);
});
