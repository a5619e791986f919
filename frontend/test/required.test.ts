import { describe, expect, test } from "vitest";

import type { Issue, Owned, OwnedCourier } from "../src/model";
import { courierFault, required } from "../src/required";
import { ADA, house, LOBBY, POST, WORDS } from "./owned-house";

const EDIT = "/config/integrations/integration/courier_access#config_entry=b1";
const AWAY = { ...LOBBY, available: false, position: "unavailable" };

function issue(kind: string, subject: string | null = null, fixable = true): Issue {
  return { kind, subject, placeholders: {}, is_fixable: fixable };
}

/** What is asked for: of what kind, of whom, and where it is done. */
function asked(change: Partial<Owned>, isInSetup = false): string[] {
  return required(house(change), WORDS, isInSetup).map(({ kind, name, href }) => `${kind} | ${name} | ${href}`);
}

describe("what the owner must see to", () => {
  test("is nothing where all is well", () => {
    expect(asked({})).toEqual([]);
  });

  test("is each repair with the place that solves it, what keeps couriers out first", () => {
    const issues = [
      issue("no_external_url", null, false),
      issue("cloud_address_gone", "post", false),
      issue("no_residents", null, false),
      issue("ledger_restored"),
    ];
    const record = { ...house().record, kept_out_by: "ledger_restored" };
    expect(asked({ issues, record })).toEqual([
      "ledger_restored | ledger_restored.title | /config/repairs",
      "no_external_url | no_external_url.title | /config/network",
      "cloud_address_gone | cloud_address_gone.title | /config/cloud",
      `no_residents | no_residents.title | ${EDIT}`,
    ]);
  });

  test("says what to do where no form does it, and names the resident", () => {
    const [unreachable, url] = required(
      house({ issues: [issue("resident_unreachable", "ada"), issue("no_external_url", null, false)] }),
      WORDS,
    );
    expect(unreachable).toMatchObject({ says: "panel_resident_of Ada 3B" });
    expect(unreachable?.more).toBeUndefined();
    expect(url?.more).toBe("no_external_url.description");
  });

  test("is what keeps couriers out although its repair is ignored", () => {
    const record = { ...house().record, kept_out_by: "clock_not_set" };
    expect(asked({ record })).toEqual(["clock_not_set | panel_record | /config/repairs"]);
  });

  test("isn't a restore if the keys are asked for after something else", () => {
    const record = { ...house().record, kept_out_by: "ledger_restored" };
    for (const kind of ["ledger_altered", "ledger_set_aside", "ledger_missing"])
      expect(asked({ record, issues: [issue("no_consent"), issue(kind)] })).toEqual([
        `${kind} | ${kind}.title | /config/repairs`,
        "no_consent | no_consent.title | /config/repairs",
      ]);
    expect(asked({ record })).toEqual(["ledger_restored | panel_record | /config/repairs"]);
  });

  test("is each red door, once", () => {
    expect(asked({ doors: [AWAY] })).toEqual([`door_unavailable | Lobby | ${EDIT}`]);
    expect(asked({ doors: [{ ...LOBBY, left_open: true }] })).toEqual(["left_open | Lobby | /courier-access/entries?building=b1"]);
    expect(asked({ doors: [{ ...LOBBY, position: "jammed" }] })).toEqual([`door_jammed | Lobby | ${EDIT}`]);
    for (const kind of ["opener_offline", "opener_removed"])
      expect(asked({ doors: [AWAY], issues: [issue(kind, "lobby")] })).toEqual([
        `${kind} | ${kind}.title | /config/repairs`,
      ]);
    expect(asked({ doors: [AWAY], issues: [issue("opener_offline", "garage")] })).toHaveLength(2);
  });

  test("is each red courier, once", () => {
    const couriers = [{ ...POST, uses_newest_key: false }];
    expect(asked({ couriers })).toEqual([`courier_old_key | Parcel Post | ${EDIT}`]);
    expect(asked({ couriers, issues: [issue("key_ending", "post")] })).toEqual([
      "key_ending | key_ending.title | /config/repairs",
    ]);
    const cloud = [{ ...POST, reach: "cloud_gone" as const }];
    expect(asked({ couriers: cloud })).toEqual(["courier_cut_off | Parcel Post | /config/cloud"]);
    expect(asked({ couriers: cloud, issues: [issue("cloud_address_gone", "post", false)] })).toHaveLength(1);
    expect(asked({ never_heard: ["post"] })).toEqual([`courier_never_heard | Parcel Post | ${EDIT}`]);
    expect(asked({ couriers: [{ ...POST, doors: [] }] })).toEqual([`courier_no_doors | Parcel Post | ${EDIT}`]);
  });

  test("is one address for all couriers, and for the links of residents", () => {
    const couriers = ["Post", "Van", "Swan", "Owl"].map((name) => ({ ...POST, courier: name, name, reach: "nothing" as const }));
    const address = ["address | Post; Van; Swan; +1 | /config/network"];
    expect(asked({ couriers })).toEqual(address);
    expect(asked({ couriers, issues: [issue("no_external_url", null, false)], never_heard: ["Van"] })).toEqual(address);
  });

  test("is residents who can't be notified or haven't decided, in one line each", () => {
    const away = { ...ADA, has_way: false };
    const undecided = ["Bo", "Cy", "Di", "Ed", "Flo"].map((name) => ({ ...ADA, resident: name, name, consent: "not_given" as const }));
    expect(asked({ residents: [away, ...undecided] })).toEqual([
      `unreachable | panel_resident_of Ada 3B | ${EDIT}`,
      `consent_not_given | panel_resident_of Bo 3B; panel_resident_of Cy 3B; panel_resident_of Di 3B; +2 | ${EDIT}`,
    ]);
    expect(asked({ residents: [away], issues: [issue("resident_unreachable", "ada")] })).toHaveLength(1);
    expect(asked({ residents: undecided, issues: [issue("no_consent")] })).toHaveLength(1);
    for (const consent of ["opted_out", "withdrawn"] as const) expect(asked({ residents: [{ ...ADA, consent }] })).toEqual([]);
  });

  test("leaves out what the set-up asks for", () => {
    const residents = [{ ...ADA, consent: "not_given" as const }];
    expect(asked({ residents }, true)).toEqual([]);
    expect(asked({ residents, issues: [issue("no_consent")] }, true)).toEqual([]);
    expect(asked({ doors: [AWAY] }, true)).toHaveLength(1);
  });
});

describe("a courier", () => {
  const refused = { at: "2026-11-24T10:00:00Z", why: "unauthenticated" };

  test("is red while its last message was refused for what it sent", () => {
    const fault = (change: Partial<OwnedCourier>) => courierFault({ ...POST, ...change });
    expect(fault({ last_refusal: refused })).toBe("courier_refused");
    expect(fault({ last_refusal: refused, last_contact: null })).toBe("courier_refused");
    expect(fault({ last_refusal: refused, last_contact: "2026-11-24T11:00:00Z" })).toBeUndefined();
    expect(fault({ last_refusal: { ...refused, why: "outside_schedule" } })).toBeUndefined();
    expect(fault({ last_refusal: { ...refused, why: "door_busy" } })).toBeUndefined();
  });

  test("is red only if the owner wants it to come", () => {
    expect(courierFault({ ...POST, enabled: false, doors: [], reach: "nothing" }, ["post"])).toBeUndefined();
    expect(courierFault({ ...POST, keys: [], reach: "nothing" }, ["post"])).toBeUndefined();
  });
});
