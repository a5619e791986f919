import { expect, test } from "vitest";

import type { Access } from "../src/access";
import { BuildingView } from "../src/building";
import type { Building, Named, Owned, OwnedDoor } from "../src/model";
import { ADA, HOME, house, LOBBY, WORDS } from "./owned-house";

async function shown(owned: Owned, building: Named = { building: "b1", name: "12 Elm Street" }): Promise<ShadowRoot> {
  const view = new BuildingView();
  const access = { owned: async () => owned } as unknown as Access;
  Object.assign(view, { home: HOME, words: WORDS, access, building });
  document.body.replaceChildren(view);
  await new Promise((resolve) => setTimeout(resolve));
  await view.updateComplete;
  view.remove();
  return view.renderRoot as ShadowRoot;
}

/** The rows of a table: how each looks, and its words. */
function rows(root: ShadowRoot, selector: string): string[] {
  return [...root.querySelectorAll(`${selector} .item`)].map((row) => {
    const words = [".name", ".says"].map((part) => row.querySelector(part)?.textContent ?? "");
    return `${row.className.replace("item ", "")}: ${words.join(" | ")}`;
  });
}

test("doors and residents are rows that end in a link to edit them", async () => {
  const root = await shown(
    house({
      doors: [LOBBY, { ...LOBBY, door: "yard", name: "Yard", position: "unlocked" }, { ...LOBBY, door: "gate", name: "Gate", available: false }],
      residents: [ADA, { ...ADA, resident: "bo", name: "Bo", has_way: false, waits_for_confirmation: true, consent: "not_given" }],
    }),
  );
  expect(rows(root, "[data-door]")).toEqual([
    "good: Lobby | panel_door_locked",
    "plain: Yard | panel_door_unlocked",
    "bad: Gate | panel_door_unavailable",
  ]);
  expect(rows(root, "[data-resident]")).toEqual([
    "good: panel_resident_of Ada 3B | panel_consent_given",
    "bad: panel_resident_of Bo 3B | panel_unreachable · panel_pending · panel_consent_not_given",
  ]);
  for (const link of root.querySelectorAll("[data-door] a, [data-resident] a")) {
    expect(link.getAttribute("href")).toBe("/config/integrations/integration/courier_access#config_entry=b1");
    expect(link.getAttribute("aria-label")).toMatch(/^panel_edit: ./);
  }
});

test("residents of one household have no unit", async () => {
  const root = await shown(house({ is_one_home: true, residents: [ADA] }));
  expect(rows(root, "[data-resident]")).toEqual(["good: Ada | panel_consent_given"]);
});

test("a door's doorbells are listed with their last ring, or why none can come", async () => {
  const at = "2026-11-24T09:00:00Z";
  const time = WORDS.moment(at);
  const doorbells = [
    { name: "Ding", rang_at: at, unavailable_since: null },
    { name: "Relay", rang_at: null, unavailable_since: null },
    { name: "Camera", rang_at: at, unavailable_since: at },
    { name: null, rang_at: null, unavailable_since: null },
    { name: "Asked", rang_at: at, unavailable_since: null, became: "asked" as const },
    { name: "Idle", rang_at: at, unavailable_since: null, became: "not_expected" as const },
    { name: "Enough", rang_at: at, unavailable_since: null, became: "asked_enough" as const },
    { name: "Over", rang_at: at, unavailable_since: null, became: "too_many" as const },
    { name: "Full", rang_at: at, unavailable_since: null, became: "too_many" as const, asks_again_at: at },
  ].map((bell) => ({ became: null, asks_again_at: null, ...bell }));
  const said = async (door: Partial<OwnedDoor>) => {
    const root = await shown(house({ doors: [{ ...LOBBY, ...door }] }));
    return [...root.querySelectorAll("[data-door] p.soft")].map((line) => line.textContent?.trim()).slice(2);
  };
  expect(await said({ doorbells })).toEqual([
    `panel_bell_rang Ding ${time}`,
    "panel_bell_quiet Relay",
    `panel_bell_away_since Camera ${time}`,
    "panel_bell_missing",
    `panel_bell_rang Asked ${time} panel_bell_asked`,
    `panel_bell_rang Idle ${time} panel_bell_not_expected`,
    `panel_bell_rang Enough ${time} panel_bell_asked_enough`,
    `panel_bell_rang Over ${time}`,
    `panel_bell_rang Full ${time} panel_bell_too_many ${time}`,
  ]);
  expect(await said({})).toEqual([]);
});

test("every red row is asked for above, with a link", async () => {
  const root = await shown(house({ doors: [{ ...LOBBY, available: false }], residents: [{ ...ADA, has_way: false }] }));
  expect(rows(root, "[data-issue]")).toEqual([
    "bad: Lobby | panel_door_unavailable",
    "bad: panel_resident_of Ada 3B | panel_unreachable",
  ]);
  expect(root.querySelectorAll("[data-issue] a[href]")).toHaveLength(2);
  expect(root.querySelectorAll(".item.bad")).toHaveLength(4);
});

test("the set-up is shown until the first entry, with the way to the next step", async () => {
  const started = house({ ever_admitted: false, has_residents_hours: false });
  const root = await shown(started);
  expect(rows(root, "[data-step]").map((row) => row.split(":")[0])).toEqual(["good", "good", "good", "good", "plain", "plain"]);
  const links = [...root.querySelectorAll("[data-step] a")];
  expect(links.map((link) => link.getAttribute("href"))).toEqual([
    "/config/integrations/integration/courier_access#config_entry=b1",
  ]);
  const own = { building: "b1", name: "12 Elm Street", residents: [{ is_me: true }] } as unknown as Building;
  const link = (await shown(started, own)).querySelector("[data-step=hours] a");
  expect(link?.getAttribute("href")).toBe("/courier-access/hours?building=b1");

  expect((await shown(house())).querySelector("[data-setup]")).toBeNull();
});

test("the last step leads to what the owner can do: expect a parcel, or test a courier", async () => {
  const open = async (building?: Partial<Building>) => {
    const named = { building: "b1", name: "12 Elm Street", ...building } as Named;
    const root = await shown(house({ ever_admitted: false }), named);
    const link = root.querySelector("[data-step=entry] a");
    const click = new MouseEvent("click", { cancelable: true });
    link?.dispatchEvent(click);
    const courier = root.querySelector("courier-access-courier") as unknown as { renderRoot: ShadowRoot };
    const isTested = courier.renderRoot.querySelector("details")?.open;
    expect(isTested).toBe(click.defaultPrevented);
    return [link?.getAttribute("href"), isTested];
  };
  const deliveries = "/courier-access/deliveries?building=b1";
  const doors = [{ door: "lobby" }] as Building["doors"];
  const couriers = [{ courier: "post", enabled: true, doors: ["lobby"] }] as Building["couriers"];
  const olive = { is_me: true, waits_for_confirmation: false } as Building["residents"][number];
  expect(await open()).toEqual([deliveries, true]);
  expect(await open({ doors, couriers, residents: [] })).toEqual([deliveries, true]);
  expect(await open({ doors, couriers, residents: [olive] })).toEqual([`${deliveries}&expect`, false]);
  expect(await open({ doors, couriers: [], residents: [olive] })).toEqual([deliveries, false]);
  const pending = { ...olive, waits_for_confirmation: true };
  expect(await open({ doors, couriers, residents: [pending] })).toEqual([deliveries, false]);
});

test("the notice, the list, and moving out are one list of links", async () => {
  const root = await shown(house());
  expect([...root.querySelectorAll(".links a")].map((link) => link.getAttribute("href"))).toEqual([
    "/notice",
    "/residents",
    "/config/integrations/integration/courier_access#config_entry=b1",
  ]);
});

test("the sheets can be printed if a door has a page, and the notice is for several households", async () => {
  const links = { notice: null, residents: "/residents", sheets: "/sheets" };
  const root = await shown(house({ links }));
  const shownLinks = [...root.querySelectorAll(".links a")].map((link) => [link.getAttribute("href"), link.textContent]);
  expect(shownLinks.slice(0, 2)).toEqual([
    ["/sheets", "panel_print_sheets"],
    ["/residents", "panel_open_list"],
  ]);
  expect(shownLinks).toHaveLength(3);
});

test("a door says whether drivers can use its page", async () => {
  const said = async (page: OwnedDoor["page"]) =>
    (await shown(house({ doors: [{ ...LOBBY, page }] }))).querySelector("[data-page]")?.textContent;
  expect(await said(null)).toBe("panel_page_none");
  expect(await said("on")).toBe("panel_page_on");
  expect(await said("unreachable")).toBe("panel_page_unreachable");
  expect(await said("codes_off")).toBe("panel_page_codes_off");
});

test("other courier access is listed with its door, and red if its source is lost", async () => {
  const other_access = [
    { source: "s1", name: "Post", door: "Lobby" },
    { source: "s2", name: "Lost", door: null },
  ];
  const issues = [{ kind: "observed_lost", subject: "s2", placeholders: {}, is_fixable: true }];
  const root = await shown(house({ other_access, issues }));
  expect(rows(root, "[data-access]")).toEqual(["plain: Post | Lobby", "bad: Lost | "]);
  expect((await shown(house())).textContent).not.toContain("panel_other_access");
});

test("the sources of automatic announcements are counted, and those that are silent", async () => {
  const said = async (count: number, silent: number) => {
    const root = await shown(house({ parcel_sources: { count, silent } }));
    return root.querySelector("[data-sources]")?.textContent?.replace(/\s+/g, " ").trim();
  };
  expect(await said(0, 0)).toBeUndefined();
  expect(await said(3, 0)).toBe("panel_sources 3");
  expect(await said(3, 1)).toBe("panel_sources 3 panel_sources_silent 1");
});

test("the newest report to a fleet is shown, or that the building waits for it", async () => {
  const said = async (fleet: ReturnType<typeof house>["fleet"]) => {
    const root = await shown(house({ fleet }));
    const status = root.querySelector("[data-fleet]");
    // A report has the newest receipt of the log, and nothing about residents.
    if (status) expect(status.closest("section")?.querySelector("h2")?.textContent).toBe("panel_record");
    return status?.textContent?.replace(/\s+/g, " ").trim();
  };
  expect(await said(null)).toBeUndefined();
  const waiting = { reported_at: null, problem: null, differs: false, visits: null };
  expect(await said(waiting)).toBe("panel_fleet_waits");
  const failed = await said({ ...waiting, reported_at: "2026-03-04T11:00:00+00:00", problem: "busy" });
  expect(failed).toMatch(/^panel_fleet .+ panel_fleet_fails busy$/);
});

test("administrators read whether visits go to the fleet, and what that waits for", async () => {
  const fleet = { reported_at: null, problem: null, differs: false };
  const visits = { days: 90, kept_days: 90, begins_at: null, waits_for: null, not_notified: 0 } as const;
  const said = async (changed: object) => {
    const root = await shown(house({ fleet: { ...fleet, visits: { ...visits, ...changed } } }));
    return root.querySelector("[data-fleet]")?.textContent?.replace(/\s+/g, " ").trim();
  };
  expect(await said({})).toBe("panel_fleet_waits panel_fleet_visits 90");
  const untold = { kept_days: null, waits_for: "notifications", not_notified: 2 };
  expect(await said(untold)).toBe("panel_fleet_waits panel_fleet_visits_not_yet panel_fleet_visits_notifications 2");
  expect(await said({ kept_days: null, waits_for: "household" })).toMatch(/panel_fleet_visits_household/);
  const longer = { days: 180, waits_for: "days", begins_at: "2026-03-04T11:00:00+00:00" };
  expect(await said(longer)).toMatch(/panel_fleet_visits 90 panel_fleet_visits_longer 180 panel_fleet_visits_days .+/);
});
