import { expect, test, vi } from "vitest";

import type { Access } from "../src/access";
import { Words, type Home } from "../src/home";
import type { Building, Visits } from "../src/model";
import { peakOf, Plot } from "../src/plot";

const HOME = {
  language: "en-GB",
  config: { time_zone: "UTC" },
  localize: (key: string, values: object = {}) => [key.split(".").at(-1), ...Object.values(values)].join(" "),
} as Home;

/** A week in which some hours had visits. */
function week(...counts: [day: number, hour: number, count: number][]): number[][] {
  const visits = Array.from({ length: 7 }, () => Array<number>(24).fill(0));
  for (const [day, hour, count] of counts) visits[day]![hour] = count;
  return visits;
}

async function shown(found: Visits | Error) {
  const view = new Plot();
  const visits = vi.fn(() => (found instanceof Error ? Promise.reject(found) : Promise.resolve(found)));
  const building = { building: "b1" } as Building;
  Object.assign(view, { words: new Words(HOME), access: { visits } as unknown as Access, building });
  document.body.replaceChildren(view);
  const settled = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await view.updateComplete;
  };
  await settled();
  return { view, visits, settled, root: view.renderRoot as ShadowRoot };
}

test("the peak is the hour with the most visits, the first of several", () => {
  expect(peakOf(week([1, 9, 2], [3, 17, 5], [4, 8, 5]))).toEqual({ day: 3, hour: 17, count: 5, total: 12 });
  expect(peakOf(week())).toBeUndefined();
});

test("a map has a field for each hour of the week, darker the more visits it had, and says the busiest", async () => {
  const { root } = await shown({ days: 30, visits: week([0, 9, 1], [3, 17, 4]) });
  expect(root.querySelector(".set")?.textContent).toBe("panel_plot_busiest Thursday 17–18 4 5 30");
  const fields = [...root.querySelectorAll("rect")];
  expect(fields).toHaveLength(7 * 24);
  const some = fields.filter((each) => each.getAttribute("class") === "some");
  expect(some.map((each) => Number(each.getAttribute("fill-opacity")))).toEqual([0.4, 1]);
  expect(some.map((each) => Math.floor(Number(each.getAttribute("x"))))).toEqual([9, 17]);
});

test("its numbers are a table, from the first to the last hour with visits", async () => {
  const { root } = await shown({ days: 30, visits: week([0, 9, 1], [3, 11, 4]) });
  const rows = [...root.querySelectorAll("tr")].map((row) => [...row.children].map((each) => each.textContent));
  expect(rows).toHaveLength(8);
  expect(rows[0]).toEqual(["page_day", "9–10", "10–11", "11–12"]);
  expect(rows[1]).toEqual(["Monday", "1", "0", "0"]);
  expect(rows[4]).toEqual(["Thursday", "0", "0", "4"]);
});

test("without visits, or if they can't be read, there is no map", async () => {
  expect((await shown({ days: 30, visits: week() })).root.querySelector("section")).toBeNull();
  expect((await shown(new Error("away"))).root.querySelector("section")).toBeNull();
});

test("visits are counted again when couriers came, and for another building", async () => {
  const { view, visits, settled } = await shown({ days: 30, visits: week([0, 9, 1]) });
  expect(visits).toHaveBeenCalledTimes(1);
  view.building = { ...view.building };
  await settled();
  expect(visits).toHaveBeenCalledTimes(1);
  view.news++;
  await settled();
  expect(visits).toHaveBeenCalledTimes(2);
  view.building = { building: "b2" } as Building;
  await settled();
  expect(visits).toHaveBeenLastCalledWith("b2");
});
