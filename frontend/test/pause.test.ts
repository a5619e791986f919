import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Access } from "../src/access";
import { Words, type Home } from "../src/home";
import { PauseView } from "../src/pause";
import type { Told } from "../src/view";

const HOME = {
  language: "en",
  locale: { language: "en", time_format: "24" },
  config: { time_zone: "Europe/Paris" },
  localize: (key: string, values: object = {}) => [key.split(".").at(-1), ...Object.values(values)].join(" "),
} as Home;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(new Date("2026-11-27T23:30:00Z")); // the 28th in Paris
});
afterEach(() => vi.useRealTimers());

async function shown(unit?: string, until: string | null = null, isOneHome = false) {
  const access = { pause: vi.fn(async () => undefined), resume: vi.fn(async () => undefined) };
  const view = new PauseView();
  const told: Told[] = [];
  view.addEventListener("ca-told", (event) => told.push((event as CustomEvent<Told>).detail));
  const building = { building: "b1", name: "12 Elm Street", is_one_home: isOneHome };
  Object.assign(view, { home: HOME, words: new Words(HOME), access: access as unknown as Access, building, unit, until });
  document.body.replaceChildren(view);
  await view.updateComplete;
  const press = async (name: string) => {
    const buttons = [...view.renderRoot.querySelectorAll("button")];
    const button = buttons.find((each) => each.textContent?.trim() === name);
    expect(button, name).toBeDefined();
    button?.click();
    await new Promise((resolve) => setTimeout(resolve));
    await view.updateComplete;
  };
  return { view, access, told, press };
}

test("nothing is paused before somebody says until when", async () => {
  const { view, access, press } = await shown();
  await press("page_pause_building");
  expect(view.renderRoot.textContent).toContain("panel_pause_building_asks");
  expect(access.pause).not.toHaveBeenCalled();
  await press("panel_cancel");
  expect(access.pause).not.toHaveBeenCalled();
});

test.each([
  ["panel_pause_hour", ["b1", "3B", "2026-11-28T00:30:00.000Z"]],
  ["panel_pause_tonight", ["b1", "3B", "2026-11-29T00:00:00"]],
  ["panel_pause_day", ["b1", "3B", undefined]],
])("a home is paused by %s, on the building's clock", async (name, call) => {
  const { access, press } = await shown("3B");
  await press("page_pause_unit");
  await press(name);
  expect(access.pause).toHaveBeenCalledWith(...call);
});

test("the building is paused until a date begins, tomorrow if no other is chosen", async () => {
  const { view, access, told, press } = await shown();
  await press("page_pause_building");
  await press("panel_pause_date");
  const date = view.renderRoot.querySelector<HTMLInputElement>("input[type=date]");
  expect([date?.min, date?.value]).toEqual(["2026-11-29", "2026-11-29"]);
  if (date) date.value = "2026-12-24";
  date?.dispatchEvent(new Event("change"));
  await press("panel_pause");
  expect(access.pause).toHaveBeenCalledWith("b1", undefined, "2026-12-24T00:00:00");
  expect(told[0]?.text).toMatch(/^panel_paused_until Thu, Dec 24, 00:00$/);
});

test("a pause is undone by what is said of it", async () => {
  const { access, told, press } = await shown("3B");
  await press("page_pause_unit");
  await press("panel_pause_hour");
  expect(access.resume).not.toHaveBeenCalled();
  told[0]?.undo?.();
  expect(access.resume).toHaveBeenCalledWith("b1", "3B");
});

test("a pause is undone where it was made, whatever is shown by then", async () => {
  const { view, access, told, press } = await shown("3B");
  await press("page_pause_unit");
  await press("panel_pause_hour");
  Object.assign(view, { building: { building: "b2", name: "9 Oak Street" }, unit: undefined });
  await view.updateComplete;
  told[0]?.undo?.();
  expect(access.resume).toHaveBeenCalledWith("b1", "3B");
  await new Promise((resolve) => setTimeout(resolve));
  expect(told[1]?.text).toBe("page_said_resume_unit");
});

test("the keyboard stays with what is asked, and with what comes of it", async () => {
  const { view, press } = await shown();
  const root = view.renderRoot as ShadowRoot;
  const focused = () => root.activeElement?.textContent?.trim();
  expect(root.activeElement).toBeNull();
  await press("page_pause_building");
  expect(focused()).toBe("panel_pause_hour");
  await press("panel_cancel");
  expect(focused()).toBe("page_pause_building");
  await press("page_pause_building");
  await press("panel_pause_date");
  expect(focused()).toBe("panel_pause_hour");
  await press("panel_pause");
  expect(focused()).toBe("page_pause_building");
  view.until = "2026-11-28T23:00:00Z";
  await view.updateComplete;
  expect(focused()).toBe("page_resume_building");
});

test("a pause that somebody else makes doesn't take the keyboard", async () => {
  const { view } = await shown();
  view.until = "2026-11-28T23:00:00Z";
  await view.updateComplete;
  expect((view.renderRoot as ShadowRoot).activeElement).toBeNull();
});

test("a pause that the house refuses is not said to be made", async () => {
  const { access, told, press } = await shown();
  access.pause.mockRejectedValueOnce({ code: "home_assistant_error", message: "No." });
  await press("page_pause_building");
  await press("panel_pause_tonight");
  expect(told).toEqual([{ text: "No." }]);
});

test("while it is paused, there is only the way back", async () => {
  const { access, press, view } = await shown(undefined, "2026-11-28T23:00:00Z");
  expect(view.renderRoot.querySelectorAll("button")).toHaveLength(1);
  await press("page_resume_building");
  expect(access.resume).toHaveBeenCalledWith("b1", undefined);
});

test("the only household reads of its home, which is the whole building", async () => {
  const { access, told, press, view } = await shown(undefined, "2026-11-28T23:00:00Z", true);
  expect(view.renderRoot.textContent).toContain("page_unit_paused");
  await press("page_resume_unit");
  expect(access.resume).toHaveBeenCalledWith("b1", undefined);
  expect(told.map((each) => each.text)).toEqual(["page_said_resume_unit"]);
});
