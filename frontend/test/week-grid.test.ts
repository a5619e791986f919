import { expect, test } from "vitest";

import { Words, type Home } from "../src/home";
import type { Span } from "../src/week";
import { WeekGrid } from "../src/week-grid";

const HOME = {
  language: "en",
  locale: { language: "en", time_format: "24" },
  config: { time_zone: "UTC" },
  localize: (key: string) => key.split(".").at(-1) ?? "",
} as Home;
const EVENING: Span = { day: 0, from: 1020, to: 1260 };

async function opened(span: Span) {
  const view = new WeekGrid();
  Object.assign(view, { home: HOME, words: new Words(HOME), spans: [span] });
  const kept: Span[][] = [];
  view.addEventListener("ca-week", (event) => kept.push((event as CustomEvent<Span[]>).detail));
  document.body.replaceChildren(view);
  await view.updateComplete;
  const root = view.renderRoot as ShadowRoot;
  root.querySelector<HTMLButtonElement>(".window")?.click();
  await view.updateComplete;

  const enter = async (field: number, value: string) => {
    const input = root.querySelectorAll<HTMLInputElement>("dialog input[type=time]")[field];
    if (!input) throw new Error(`no field ${field}`);
    input.value = value;
    input.dispatchEvent(new Event("change"));
    await view.updateComplete;
  };
  const button = (text: string) => {
    const found = [...root.querySelectorAll<HTMLButtonElement>("dialog button")].find((each) =>
      each.textContent?.includes(text),
    );
    if (!found) throw new Error(`no ${text}`);
    return found;
  };
  const tap = async (text: string) => {
    button(text).click();
    await view.updateComplete;
  };
  return { view, root, kept, enter, button, tap };
}

test.each([
  ["24", ["0", "6", "12", "18", "24"]],
  ["12", ["12 AM", "6 AM", "12 PM", "6 PM", "12 AM"]],
])("the scale of the day is that of a clock of %s hours", async (format, hours) => {
  const view = new WeekGrid();
  const home = { ...HOME, locale: { language: "en", time_format: format } };
  Object.assign(view, { home, words: new Words(home), spans: [] });
  document.body.replaceChildren(view);
  await view.updateComplete;
  const scale = [...(view.renderRoot as ShadowRoot).querySelectorAll(".scale span")];
  expect(scale.map(({ textContent }) => textContent)).toEqual(hours);
});

test("a window is moved, not doubled, when the week is drawn again while it is dragged", async () => {
  const view = new WeekGrid();
  Object.assign(view, { home: HOME, words: new Words(HOME), spans: [EVENING] });
  const kept: Span[][] = [];
  view.addEventListener("ca-week", (event) => kept.push((event as CustomEvent<Span[]>).detail));
  document.body.replaceChildren(view);
  await view.updateComplete;
  const root = view.renderRoot as ShadowRoot;
  const track = root.querySelector<HTMLElement>(".track");
  if (!track) throw new Error("no track");
  track.setPointerCapture = () => undefined;
  // A pixel a minute.
  track.getBoundingClientRect = () => new DOMRect(0, 0, 1440, 44);
  const point = (target: Element | null, type: string, clientX: number) =>
    target?.dispatchEvent(new PointerEvent(type, { pointerId: 1, clientX, bubbles: true }));

  point(root.querySelector(".window"), "pointerdown", 1100);
  view.spans = [{ ...EVENING }];
  await view.updateComplete;
  point(track, "pointermove", 500);
  await view.updateComplete;
  expect(root.querySelectorAll(".window")).toHaveLength(1);
  point(track, "pointerup", 500);
  expect(kept).toEqual([[{ day: 0, from: 420, to: 660 }]]);
});

test("exact times are kept as they were entered, once they are saved", async () => {
  const { root, kept, enter, tap } = await opened(EVENING);
  await enter(0, "16:50");
  await enter(1, "00:00");
  expect(kept).toEqual([]);
  await tap("panel_save");
  expect(kept).toEqual([[{ day: 0, from: 1010, to: 1440 }]]);
  expect(root.querySelector("dialog")).toBeNull();
});

test("an end before the start can't be saved, and says why", async () => {
  const { root, enter, button } = await opened(EVENING);
  await enter(1, "16:00");
  expect(button("panel_save").disabled).toBe(true);
  expect(root.querySelector("[role=alert]")?.textContent).toContain("panel_ends_early");
});

test("a whole day has no times, and a window of it copies to the days that were chosen", async () => {
  const { view, root, kept, tap } = await opened(EVENING);
  const whole = root.querySelector<HTMLInputElement>("dialog input[role=switch]");
  if (!whole) throw new Error("no switch");
  whole.checked = true;
  whole.dispatchEvent(new Event("change"));
  await view.updateComplete;
  expect(root.querySelector("dialog input[type=time]")).toBeNull();
  await tap("panel_workdays");
  await tap("Wed");
  await tap("Sun");
  await tap("panel_save");
  expect(kept[0]?.map(({ day }) => day)).toEqual([0, 1, 3, 4, 6]);
  expect(kept[0]?.every(({ from, to }) => from === 0 && to === 1440)).toBe(true);
});

test("a window that was given up leaves the week as it is, and one that is removed is gone", async () => {
  const { view, root, kept, enter, tap } = await opened(EVENING);
  await enter(0, "10:00");
  root.querySelector("dialog")?.dispatchEvent(new Event("close"));
  await view.updateComplete;
  expect(kept).toEqual([]);
  root.querySelector<HTMLButtonElement>(".window")?.click();
  await view.updateComplete;
  expect(root.querySelector<HTMLInputElement>("dialog input[type=time]")?.value).toBe("17:00");
  await tap("panel_delete");
  expect(kept).toEqual([[]]);
});
