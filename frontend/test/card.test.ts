import { describe, expect, test } from "vitest";

import { said } from "../src/baked";
import { checked, WrongSetting } from "../src/card-check";
import { changed, narrowed, shownBuilding } from "../src/card-config";
import { suggested, type Registries } from "../src/card-suggestion";
import type { Building } from "../src/model";

const TYPE = "custom:courier-access-card";

function building(id: string): Building {
  return {
    building: id,
    name: `House ${id}`,
    time_zone: "UTC",
    is_owner: false,
    is_one_home: false,
    doors: [
      { door: "front", name: "Front door", lock: "lock.front", codes_off: false, unasked_rings: [] },
      { door: "yard", name: "Yard", lock: null, codes_off: false, unasked_rings: [] },
    ],
    couriers: [],
    paused_until: null,
    retention_days: 30,
    log_months: 12,
    proof_days: 365,
    hours: {},
    residents: [],
    pending_residents: [],
  questions: [],
    more_expected: false,
    expected: ["Front door", "Yard"].map((door) => ({ courier: "Swift", door, starts_at: "", ends_at: "" })),
  };
}

describe("what stands in a dashboard", () => {
  test("is taken as it is, with what Home Assistant adds to every card", () => {
    const config = { type: TYPE, building: "b1", door: "front", title: false, grid_options: { columns: 6 } };
    expect(checked(config)).toBe(config);
  });

  test.each([
    ["building", 5],
    ["door", null],
    ["title", "no"],
    ["pause", 0],
    ["compact", "yes"],
  ])("is turned down by its name where %s can't be meant", (setting, value) => {
    expect(() => checked({ type: TYPE, [setting]: value } as { type: string })).toThrow(WrongSetting);
    expect(() => checked({ type: TYPE, [setting]: value } as { type: string })).toThrow(setting);
  });
});

describe("what somebody chooses in the editor", () => {
  test("is kept without what is so anyway", () => {
    expect(changed({ type: TYPE }, { building: "b1", door: "", title: true })).toEqual({ type: TYPE, building: "b1" });
    expect(changed({ type: TYPE }, { title: false })).toEqual({ type: TYPE, title: false });
    expect(changed({ type: TYPE, title: false }, { pause: false })).toEqual({ type: TYPE, title: false, pause: false });
    expect(changed({ type: TYPE, pause: false }, { pause: true })).toEqual({ type: TYPE });
    expect(changed({ type: TYPE }, { compact: true })).toEqual({ type: TYPE, compact: true });
    expect(changed({ type: TYPE, compact: true }, { compact: false })).toEqual({ type: TYPE });
  });

  test("leaves alone what it does not know", () => {
    const config = { type: TYPE, building: "b1", visibility: [] };
    expect(changed(config, { door: "front" })).toEqual({ ...config, door: "front" });
  });

  test("does not take a door along to another building", () => {
    const config = { type: TYPE, building: "b1", door: "front" };
    expect(changed(config, { building: "b2", door: "front" })).toEqual({ type: TYPE, building: "b2" });
    expect(changed(config, { building: "b1", door: "yard" })).toEqual({ ...config, door: "yard" });
    expect(changed({ type: TYPE }, { building: "b1", door: "yard" })).toEqual({ ...config, door: "yard" });
  });
});

describe("a card shows", () => {
  const known = [building("b1"), building("b2")];

  test("the building it is set to, else the first", () => {
    expect(shownBuilding({ type: TYPE }, known)?.building).toBe("b1");
    expect(shownBuilding({ type: TYPE, building: "b2" }, known)?.building).toBe("b2");
    expect(shownBuilding({ type: TYPE, building: "b3" }, known)).toBeUndefined();
    expect(shownBuilding({ type: TYPE }, [])).toBeUndefined();
  });

  test("only the door it is set to, and who is expected there", () => {
    const shown = narrowed({ type: TYPE, door: "yard" }, building("b1"));
    expect(shown?.building.doors.map((door) => door.name)).toEqual(["Yard"]);
    expect(shown?.building.expected.map((delivery) => delivery.door)).toEqual(["Yard"]);
    expect(narrowed({ type: TYPE }, building("b1"))).toEqual({ building: building("b1"), more: 0 });
    expect(narrowed({ type: TYPE, door: "gone" }, building("b1"))).toBeUndefined();
  });

  test("how many deliveries to the reader follow the next one", () => {
    const busy = building("b1");
    const [first] = busy.expected;
    busy.expected = [["3B"], ["3B"], undefined, ["3B"]].map((units) => ({ ...first!, ...(units && { units }) }));
    expect(narrowed({ type: TYPE }, busy)?.more).toBe(2);
    expect(narrowed({ type: TYPE, door: "yard" }, busy)?.more).toBe(0);
  });
});

describe("the words of the card picker", () => {
  test("are those of the page's language, of the language alone, or English", () => {
    expect(said("panel_sidebar", "pt-BR")).toBe("Entregas");
    expect(said("panel_sidebar", "de-CH")).toBe("Lieferungen");
    expect(said("panel_sidebar", "ja")).toBe("Deliveries");
    expect(said("panel_sidebar", "")).toBe("Deliveries");
  });
});

describe("for an entity", () => {
  const known: Registries = {
    entities: {
      "lock.front": { platform: "courier_access", device_id: "d1" },
      "calendar.house": { platform: "courier_access", device_id: "d2" },
      "switch.mara": { platform: "courier_access", device_id: "d1" },
      "lock.cellar": { platform: "zha", device_id: "d1" },
      "lock.nowhere": { platform: "courier_access" },
    },
    devices: {
      d1: { config_entries_subentries: { b1: ["front"] } },
      d2: { config_entries_subentries: { b1: [null] } },
    },
  };

  test("a card is suggested where it is a door's lock or a building's calendar", () => {
    expect(suggested(known, "lock.front")).toEqual({ config: { type: TYPE, building: "b1", door: "front" } });
    expect(suggested(known, "calendar.house")).toEqual({ config: { type: TYPE, building: "b1" } });
  });

  test.each(["switch.mara", "lock.cellar", "lock.nowhere", "lock.unknown"])("none is for %s", (entity) => {
    expect(suggested(known, entity)).toBeNull();
  });
});
