import { beforeEach, describe, expect, test, vi } from "vitest";

import type { Home, Words } from "../src/home";
import type { WithoutLedger } from "../src/model";
import { Panel } from "../src/panel";
import { TOLD_SECONDS, type Told } from "../src/view";

const BUILDINGS = [
  { building: "b1", name: "12 Elm Street", time_zone: "UTC", fault: "full" },
  { building: "b2", name: "14 Elm Street", time_zone: "Asia/Tokyo", fault: "full" },
] as WithoutLedger[];

const localize = (key: string, values: object = {}) => [key.split(".").at(-1), ...Object.values(values)].join(" ");

function home(buildings = BUILDINGS, left: { name: string; path: string }[] = []): Home {
  return {
    language: "en",
    config: { time_zone: "UTC" },
    states: {},
    localize,
    loadBackendTranslation: async () => localize,
    connection: {
      subscribeMessage: async (told: (overview: object) => void) => {
        await Promise.resolve();
        told({ buildings: [], without_ledger: buildings, not_ready: [] });
        return async () => undefined;
      },
      sendMessagePromise: ({ type }: { type: string }) =>
        type === "courier_access/left" ? Promise.resolve({ pages: left }) : new Promise(() => undefined),
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    },
  } as unknown as Home;
}

async function shown(of = home()) {
  const panel = new Panel();
  Object.assign(panel, { hass: of, route: { path: "/building" } });
  document.body.replaceChildren(panel);
  await settled(panel);
  return panel;
}

async function settled(panel: Panel): Promise<void> {
  for (let turn = 0; turn < 4; turn++) {
    await new Promise((resolve) => setTimeout(resolve));
    await panel.updateComplete;
  }
}

/** Go to an address as Home Assistant does: it changes the route only with the path. */
async function go(panel: Panel, query: string, event = "location-changed"): Promise<void> {
  history.pushState(null, "", `/courier-access/building${query}`);
  window.dispatchEvent(new Event(event));
  await settled(panel);
}

const name = (panel: Panel) => panel.renderRoot.querySelector("h1")?.textContent;

beforeEach(() => history.replaceState(null, "", "/courier-access/building"));

test.each(["location-changed", "popstate"])("the building of the address is shown after %s", async (event) => {
  const panel = await shown();
  expect(name(panel)).toBe("12 Elm Street");
  await go(panel, "?building=b2", event);
  expect(name(panel)).toBe("14 Elm Street");
  await go(panel, "", event);
  expect(name(panel)).toBe("14 Elm Street");
});

test("times are on the wall clock of the building, not of Home Assistant", async () => {
  const panel = await shown();
  const zone = () => panel.renderRoot.querySelector<HTMLElement & { words: Words }>("courier-access-building")?.words.zone;
  expect(zone()).toBe("UTC");
  await go(panel, "?building=b2");
  expect(zone()).toBe("Asia/Tokyo");
});

test("a chosen building stays when a dialog over it is closed", async () => {
  const panel = await shown();
  await go(panel, "?building=b2");
  const select = panel.renderRoot.querySelector("select");
  if (!select) throw new Error("no choice");
  select.value = "0";
  select.dispatchEvent(new Event("change"));
  await settled(panel);
  window.dispatchEvent(new Event("popstate"));
  await settled(panel);
  expect(name(panel)).toBe("12 Elm Street");
  expect(location.search).toBe("?building=b1");
});

test("who left a building opens what is stored about them", async () => {
  const open = vi.spyOn(window, "open").mockReturnValue(window);
  const panel = await shown(home([], [{ name: "12 Elm Street", path: "/about/ada?authSig=1" }]));
  const [button, ...others] = panel.renderRoot.querySelectorAll<HTMLElement>("main button");
  expect(others).toEqual([]);
  expect(button?.textContent).toContain("page_about_open");
  button?.click();
  await settled(panel);
  expect(open).toHaveBeenCalledWith("/about/ada?authSig=1");

  vi.spyOn(panel.hass!.connection, "sendMessagePromise").mockRejectedValue({ code: "too_often", message: "Later." });
  button?.click();
  await settled(panel);
  expect(panel.renderRoot.querySelector(".told")?.textContent).toContain("Later.");

  expect((await shown(home([]))).renderRoot.querySelectorAll("main button")).toHaveLength(0);
});

test("a panel that is not shown follows no address", async () => {
  const panel = await shown();
  panel.remove();
  await go(panel, "?building=b2");
  document.body.append(panel);
  await settled(panel);
  expect(name(panel)).toBe("12 Elm Street");
});

test("a source's line follows its sensor, and no other entity", async () => {
  const building = {
    ...{ building: "b3", name: "16 Elm Street", time_zone: "UTC", expected: [], couriers: [], questions: [] },
    residents: [{ resident: "ada", unit: "3B", is_me: true }],
    doors: [{ door: "lobby", name: "Lobby", lock: null }],
  };
  const source = { sensor: "sensor.dhl", name: "DHL", last_parcel: "JD1", changed_at: null, silent_since: null, left_out: 0 };
  const hass = home();
  Object.assign(hass.connection, {
    subscribeMessage: async (told: (overview: object) => void) => {
      await Promise.resolve();
      told({ buildings: [building], without_ledger: [], not_ready: [] });
      return async () => undefined;
    },
    sendMessagePromise: async () => ({ orders: [{ order: "o1", resident: "ada", sources: [{ ...source }] }] }),
  });
  const panel = new Panel();
  Object.assign(panel, { hass, route: { path: "/deliveries" } });
  document.body.replaceChildren(panel);
  await settled(panel);
  const line = () => {
    const deliveries = panel.renderRoot.querySelector("courier-access-deliveries");
    const orders = deliveries?.shadowRoot?.querySelector("courier-access-orders");
    return orders?.shadowRoot?.querySelector("[data-order]")?.textContent;
  };
  const report = async (sensor: string, parcel: string) => {
    source.last_parcel = parcel;
    const states = { ...panel.hass?.states, [sensor]: { entity_id: sensor, state: parcel, attributes: {} } };
    panel.hass = { ...hass, states };
    await settled(panel);
  };
  await report("sensor.weather", "JD2");
  expect(line()).not.toContain("JD2");
  await report("sensor.dhl", "JD3");
  expect(line()).toContain("JD3");
});

describe("what is said for a moment", () => {
  const said = (panel: Panel) => panel.renderRoot.querySelector(".told span")?.textContent;

  function tell(panel: Panel, detail: Told): void {
    const view = panel.renderRoot.querySelector("courier-access-building");
    view?.dispatchEvent(new CustomEvent("ca-told", { detail, bubbles: true, composed: true }));
  }

  async function told(undo = () => undefined as void): Promise<Panel> {
    const panel = await shown();
    tell(panel, { text: "Hours: saved.", undo });
    await settled(panel);
    expect(said(panel)).toBe("Hours: saved.");
    return panel;
  }

  test("can be undone until then", async () => {
    const undo = vi.fn();
    const panel = await told(undo);
    panel.renderRoot.querySelector<HTMLButtonElement>(".told button")?.click();
    await settled(panel);
    expect(undo).toHaveBeenCalledOnce();
    expect(said(panel)).toBeUndefined();
  });

  test("stands above a dialog that was opened before", async () => {
    const show = vi.fn(function (this: HTMLElement) {
      return this.textContent?.trim();
    });
    const { prototype } = HTMLElement;
    const had = prototype.showPopover;
    prototype.showPopover = show;
    const panel = await told();
    tell(panel, { text: "Copied." });
    await settled(panel);
    prototype.showPopover = had;
    // Each text is shown again, so that the latest one is on top.
    expect(show.mock.results.map(({ value }) => value)).toEqual(["Hours: saved.", "Copied."].map((text) => expect.stringContaining(text)));
    expect(panel.renderRoot.querySelector(".told")?.getAttribute("popover")).toBe("manual");
  });

  test("stays as long as it can be undone", async () => {
    const panel = await told();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    tell(panel, { text: "Hours: saved.", undo: () => undefined });
    vi.advanceTimersByTime(3_600_000);
    expect(panel["told"]?.text).toBe("Hours: saved.");
    tell(panel, { text: "Copied." });
    vi.advanceTimersByTime(TOLD_SECONDS * 1000);
    expect(panel["told"]).toBeUndefined();
    vi.useRealTimers();
  });

  test("ends with its view, and with its building", async () => {
    const panel = await told();
    panel.route = { path: "/building" };
    await settled(panel);
    expect(said(panel)).toBe("Hours: saved.");
    panel.route = { path: "/entries" };
    await settled(panel);
    expect(said(panel)).toBeUndefined();

    const other = await told();
    await go(other, "?building=b2");
    expect(said(other)).toBeUndefined();
  });

  test("ends with the next act, which can say something at once", async () => {
    const panel = await told();
    const main = panel.renderRoot.querySelector("main");
    main?.click();
    await settled(panel);
    expect(said(panel)).toBeUndefined();

    const button = main?.appendChild(document.createElement("button"));
    button?.addEventListener("click", () =>
      button.dispatchEvent(new CustomEvent("ca-told", { detail: { text: "Copied." }, bubbles: true, composed: true })),
    );
    button?.click();
    await settled(panel);
    expect(said(panel)).toBe("Copied.");
  });
});
