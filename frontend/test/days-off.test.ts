import { expect, test } from "vitest";

import { DaysOff } from "../src/days-off";
import { Words, type Home } from "../src/home";
import type { HoursException } from "../src/model";

const HOME = {
  language: "en",
  config: { time_zone: "UTC" },
  localize: (key: string) => key.split(".").at(-1) ?? "",
} as Home;

async function shown(exceptions: HoursException[] = []) {
  const view = new DaysOff();
  Object.assign(view, { home: HOME, words: new Words(HOME), exceptions, today: "2026-11-10" });
  let kept: HoursException[] | undefined;
  view.addEventListener("ca-exceptions", (event) => {
    kept = view.exceptions = (event as CustomEvent<HoursException[]>).detail;
  });
  document.body.replaceChildren(view);
  await view.updateComplete;
  const root = view.renderRoot as ShadowRoot;
  const tap = async (day: string) => {
    root.querySelector<HTMLButtonElement>(`[data-date='${day}']`)?.click();
    await view.updateComplete;
  };
  const choose = async (segment: number) => {
    root.querySelectorAll(".segmented input")[segment]?.dispatchEvent(new Event("change"));
    await view.updateComplete;
  };
  const hint = () => root.querySelector("p.soft")?.textContent;
  return { view, root, tap, choose, hint, kept: () => kept };
}

test("a single tap turns one day off, and on again", async () => {
  const { tap, kept } = await shown();
  await tap("2026-11-20");
  expect(kept()).toEqual([{ from: "2026-11-20", to: "2026-11-20" }]);
  await tap("2026-11-20");
  expect(kept()).toEqual([]);
});

test("a first and a last tap turn all days between them off, and on again, in either order", async () => {
  const { root, tap, choose, hint, kept } = await shown([{ from: "2026-11-21", to: "2026-11-21" }]);
  await choose(1);
  expect(hint()).toBe("panel_days_first_tap");
  await tap("2026-11-23");
  expect(hint()).toBe("panel_days_last_tap");
  expect(root.querySelector(".first")?.getAttribute("data-date")).toBe("2026-11-23");
  await tap("2026-11-20");
  expect(kept()).toEqual([{ from: "2026-11-20", to: "2026-11-23" }]);
  expect(root.querySelectorAll("[data-date][aria-pressed=true]")).toHaveLength(4);
  await tap("2026-11-20");
  await tap("2026-11-22");
  expect(kept()).toEqual([{ from: "2026-11-23", to: "2026-11-23" }]);
});

test("a range that was begun is given up with the choice of single days", async () => {
  const { root, tap, choose, kept } = await shown();
  await choose(1);
  await tap("2026-11-20");
  await choose(0);
  expect(root.querySelector(".first")).toBeNull();
  await tap("2026-11-25");
  expect(kept()).toEqual([{ from: "2026-11-25", to: "2026-11-25" }]);
});

test("other hours are entered in a dialog, which saves only what is complete", async () => {
  const { view, root, kept } = await shown();
  const button = (text: string) =>
    [...root.querySelectorAll<HTMLButtonElement>("button")].filter((each) => each.textContent?.includes(text)).at(-1);
  const enter = async (field: number, value: string) => {
    const input = root.querySelectorAll<HTMLInputElement>("dialog input")[field];
    if (!input) throw new Error(`no field ${field}`);
    input.value = value;
    input.dispatchEvent(new Event("change"));
    await view.updateComplete;
  };
  button("panel_other_hours")?.click();
  await view.updateComplete;
  expect(button("panel_save")?.disabled).toBe(true);
  await enter(0, "2026-12-24");
  expect(button("panel_save")?.disabled).toBe(false);
  await enter(2, "14:00");
  expect(button("panel_save")?.disabled).toBe(true);
  await enter(3, "10:00");
  expect(root.querySelector("dialog [role=alert]")?.textContent).toContain("panel_ends_early");
  await enter(3, "00:00");
  button("panel_save")?.click();
  await view.updateComplete;
  expect(kept()).toEqual([{ from: "2026-12-24", to: "2026-12-24", windows: [{ from: "14:00", to: "24:00" }] }]);
  expect(root.querySelector("dialog")).toBeNull();
});
