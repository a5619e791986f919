import { expect, test, vi } from "vitest";

import type { Access } from "../src/access";
import { Words, type Home } from "../src/home";
import { Hours } from "../src/hours";
import type { Building, Rules, Windows } from "../src/model";
import type { Told } from "../src/view";
import { PRESETS, write } from "../src/week";

const HOME = {
  language: "en",
  locale: { language: "en", time_format: "24" },
  config: { time_zone: "UTC" },
  states: {},
  localize: (key: string) => key.split(".").at(-1) ?? "",
} as unknown as Home;
const RULES: Rules = {
  unit: "3B",
  revision: 4,
  consent: "given",
  windows: {},
  exceptions: [],
  default: "allow",
  couriers: {},
  removed_couriers: [],
  default_proof: "pass",
  proofs: {},
  only_while: [],
  never_while: [],
  share_hours: false,
  digest_at: null,
};

async function shown(rules: Rules, hours: Windows = {}) {
  const access = {
    rules: vi.fn(async () => rules),
    setRules: vi.fn(async (_building: string, _resident: string, revision: number, change: Partial<Rules>) => ({
      ...rules,
      ...change,
      revision: revision + 1,
    })),
  };
  const view = new Hours();
  const building = {
    building: "b1",
    residents: [{ resident: "ada", unit: "3B", is_me: true, waits_for_confirmation: false }],
    couriers: [],
    expected: [],
    hours,
  } as unknown as Building;
  Object.assign(view, { home: HOME, words: new Words(HOME), access: access as unknown as Access, building });
  document.body.replaceChildren(view);
  await settled(view);
  return { view, access, root: view.renderRoot as ShadowRoot };
}

async function settled(view: Hours): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  await view.updateComplete;
}

test("rules that leave an expected delivery no time to open the door say so", async () => {
  const { view, root } = await shown(RULES);
  const time = { starts_at: "2126-07-01T17:00:00Z", ends_at: "2126-07-01T21:00:00Z" };
  const delivery = (opens: object[]) => ({ courier: "Parcel Post", units: ["3B"], opens, ...time });
  const said = async (...expected: object[]) => {
    view.building = { ...view.building, expected } as unknown as Building;
    await settled(view);
    return [...root.querySelectorAll("details .notice.warning")].map((each) => each.textContent?.trim());
  };
  expect(await said(delivery([{}]), { courier: "A neighbor's", ...time })).toEqual([]);
  expect(await said(delivery([]), delivery([]), delivery([{}]))).toEqual(Array(2).fill("panel_expected_shut"));
});

const groups = (root: ShadowRoot) =>
  [...root.querySelectorAll("details")].map((group) => [
    group.open,
    group.querySelector(".set")?.textContent?.trim() ?? "",
  ]);

test("weekday evenings are one tap from empty hours, and the group then says so", async () => {
  const { view, access, root } = await shown(RULES);
  expect(groups(root)[0]).toEqual([true, "panel_week_none"]);

  root.querySelector<HTMLButtonElement>("[data-value=evenings]")?.click();
  await settled(view);

  expect(access.setRules).toHaveBeenCalledWith("b1", "ada", 4, { windows: write(PRESETS.evenings) });
  expect(groups(root)[0]).toEqual([true, "Mon–Fri 17–21"]);
  const pressed = [...root.querySelectorAll("[data-value][aria-pressed=true]")];
  expect(pressed.map((chip) => (chip as HTMLElement).dataset["value"])).toEqual(["evenings"]);
});

test("a preset that is set already is not sent again", async () => {
  const { access, root } = await shown({ ...RULES, windows: write(PRESETS.always) });
  root.querySelector<HTMLButtonElement>("[data-value=always]")?.click();
  expect(access.setRules).not.toHaveBeenCalled();
});

const dialogOf = (root: ShadowRoot) => root.querySelector("dialog");
const press = async (view: Hours, selector: string) => {
  (view.renderRoot as ShadowRoot).querySelector<HTMLButtonElement>(selector)?.click();
  await settled(view);
};

test("hours at all times, or in place of those entered by hand, are asked about first", async () => {
  const own = { saturday: [{ from: "09:00:00", to: "12:00:00" }] };
  const { view, access, root } = await shown({ ...RULES, windows: own });
  await press(view, "[data-value=evenings]");
  expect(dialogOf(root)?.textContent).toContain("panel_replaces_hours");
  expect(dialogOf(root)?.textContent).not.toContain("panel_always_sure");
  await press(view, "dialog button.text");
  expect(dialogOf(root)).toBeNull();
  await press(view, "[data-value=always]");
  expect(dialogOf(root)?.textContent).toContain("panel_always_sure");
  expect(access.setRules).not.toHaveBeenCalled();
  await press(view, "dialog button.main");
  expect(dialogOf(root)).toBeNull();
  expect(access.setRules).toHaveBeenCalledWith("b1", "ada", 4, { windows: write(PRESETS.always) });
});

test("a week for one tap makes room for another without a question", async () => {
  const { view, access, root } = await shown({ ...RULES, windows: write(PRESETS.always) });
  await press(view, "[data-value=none]");
  expect(dialogOf(root)).toBeNull();
  expect(access.setRules).toHaveBeenCalledWith("b1", "ada", 4, { windows: {} });
});

test("an undo is confirmed, and has a way back of its own", async () => {
  const { view, access, root } = await shown(RULES);
  const told: Told[] = [];
  view.addEventListener("ca-told", (event) => told.push((event as CustomEvent<Told>).detail));
  await press(view, "[data-value=daytime]");
  told[0]?.undo?.();
  await settled(view);
  expect(told[1]?.text).toBe("panel_undone");
  expect(access.setRules).toHaveBeenLastCalledWith("b1", "ada", 5, { windows: {} });
  told[1]?.undo?.();
  await settled(view);
  expect(access.setRules).toHaveBeenLastCalledWith("b1", "ada", 6, { windows: write(PRESETS.daytime) });
  expect(root.querySelector("[data-value=daytime]")?.getAttribute("aria-pressed")).toBe("true");
});

test("the rules lead to the handbook, which explains them", async () => {
  const { root } = await shown(RULES);
  const [link] = [...root.querySelectorAll("a")].filter(({ textContent }) => textContent === "panel_handbook");
  expect(link?.getAttribute("href")).toMatch(/^https:.*residents-handbook\.md$/);
});

test("every other group is one line that says what is set", async () => {
  const { root } = await shown({ ...RULES, never_while: ["input_boolean.party"] });
  expect(groups(root).slice(1)).toEqual([
    [false, "panel_days_off_none"],
    [false, "panel_by_default: panel_attitude_allow"],
    [false, "input_boolean.party"],
    [false, "panel_hours_private · panel_digest_none"],
    [false, "page_consent_given"],
  ]);
});

test("consent that is not given stands open before all else", async () => {
  const { root } = await shown({ ...RULES, consent: "not_given" });
  expect(root.querySelector("section")?.querySelector("courier-access-consent")).not.toBeNull();
  expect(root.querySelectorAll("courier-access-consent")).toHaveLength(1);
});

test("hours are shaded and named outside of the building's own", async () => {
  const grid = (view: Hours) => view.renderRoot.querySelector("courier-access-week")?.shadowRoot;
  const shaded = (view: Hours) =>
    [...(grid(view)?.querySelectorAll<HTMLElement>(".outside") ?? [])].map(({ style }) => style.width);
  const free = await shown({ ...RULES, windows: write(PRESETS.always) });
  expect(shaded(free.view)).toEqual([]);
  expect(free.view.renderRoot.textContent).not.toContain("panel_building_hours_shaded");

  const weekdays = { monday: [{ from: "06:00:00", to: "18:00:00" }] };
  const { view } = await shown({ ...RULES, windows: write(PRESETS.always) }, weekdays);
  expect(shaded(view)).toEqual(["25%", "25%", ...Array(6).fill("100%")]);
  expect(view.renderRoot.textContent).toContain("panel_building_hours_shaded");
});
