import { describe, expect, test } from "vitest";

import type { Owned } from "../src/model";
import { about, consentKey, inOrder, isOutOfReach, isSameWeek, size, whyKey } from "../src/owned";
import { ADA } from "./owned-house";

describe("why a message was not done", () => {
  test("is told by what an owner can do about a problem", () => {
    expect(whyKey("unauthenticated")).toBe("panel_problem_signature");
    expect(whyKey("too_large")).toBe("panel_problem_form");
    expect(whyKey("rate_limited")).toBe("panel_problem_often");
    expect(whyKey("door_busy")).toBe("panel_problem_door");
    expect(whyKey("clock_untrusted")).toBe("panel_problem_building");
  });

  test("is told of a decision by its reason", () => {
    expect(whyKey("outside_schedule")).toBe("notification_reason_outside_schedule");
  });
});

describe("a resident", () => {
  test("has consented or refused, by themself or on paper", () => {
    expect(consentKey(ADA)).toBe("given");
    expect(consentKey({ ...ADA, on_paper: true })).toBe("given_on_paper");
    expect(consentKey({ ...ADA, consent: "opted_out" })).toBe("opted_out");
    expect(consentKey({ ...ADA, consent: "withdrawn" })).toBe("withdrawn");
    expect(consentKey({ ...ADA, consent: "withdrawn", on_paper: true })).toBe("refused_on_paper");
    expect(consentKey({ ...ADA, consent: "not_given" })).toBe("not_given");
  });

  test("has said nothing that is known where the record is out of reach", () => {
    const { resident, name, unit, has_way } = ADA;
    expect(consentKey({ resident, name, unit, has_way })).toBeUndefined();
  });

  test("is out of reach without a way, or when nothing has reached them", () => {
    expect(isOutOfReach(ADA)).toBe(false);
    expect(isOutOfReach({ ...ADA, has_way: false })).toBe(true);
    expect(isOutOfReach({ ...ADA, unreachable_since: "2026-11-24T09:00:00Z" })).toBe(true);
  });

  test("is named to the owner where an issue is about them", () => {
    const owned = { residents: [ADA] } as Owned;
    const issue = { kind: "resident_unreachable", placeholders: {}, is_fixable: true };
    expect(about(owned, { ...issue, subject: "ada" })).toBe(ADA);
    expect(about(owned, { ...issue, subject: null })).toBeUndefined();
  });
});

describe("what needs the owner", () => {
  test("begins with what keeps couriers out", () => {
    const issues = ["no_external_url", "opener_offline", "ledger_full", "no_consent"].map((kind) => ({
      kind,
      subject: null,
      placeholders: {},
      is_fixable: false,
    }));
    const kinds = (keptOut: string | null) =>
      inOrder({ issues, record: { kept_out_by: keptOut } } as Owned).map(({ kind }) => kind);
    expect(kinds("ledger_full")).toEqual(["ledger_full", "no_external_url", "opener_offline", "no_consent"]);
    expect(kinds(null)).toEqual(issues.map(({ kind }) => kind));
  });
});

describe("the record's size", () => {
  test("is told in the unit that suits it", () => {
    expect(size(0, "en")).toBe("1 kB");
    expect(size(151_234, "en")).toBe("151 kB");
    expect(size(2_340_000, "en")).toBe("2.3 MB");
    expect(size(2_340_000, "de")).toBe("2,3 MB");
  });
});

describe("two weeks", () => {
  test("are the same by their windows, not by how times are written", () => {
    const week = { monday: [{ from: "08:00:00", to: "24:00:00" }] };
    expect(isSameWeek(week, { monday: [{ from: "08:00", to: "24:00" }], friday: [] })).toBe(true);
    expect(isSameWeek(week, { tuesday: week.monday })).toBe(false);
    expect(isSameWeek({}, week)).toBe(false);
  });
});
