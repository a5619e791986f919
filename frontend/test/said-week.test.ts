import { describe, expect, test } from "vitest";

import { Words, type Home } from "../src/home";
import { saidCouriers, saidDaysOff, saidException, saidSharing } from "../src/said-rules";
import { saidWeek } from "../src/said-week";
import { alike, DAY, places, presetOf, PRESETS, runs, type Span } from "../src/week";

function words(language = "en", format = "24"): Words {
  return new Words({
    language,
    locale: { language, time_format: format },
    config: { time_zone: "America/New_York" },
    localize: (key: string, values: object = {}) => [key.split(".").at(-1), ...Object.values(values)].join(" "),
  } as Home);
}

const evening = (day: number): Span => ({ day, from: 1020, to: 1260 });

describe("times of day", () => {
  test.each([
    ["en", "24", 1020, 1260, "17–21"],
    ["en", "24", 1050, 1260, "17:30–21:00"],
    ["en", "24", 1020, DAY, "17–24"],
    ["en", "12", 1020, 1260, "5 – 9 PM"],
    ["en", "12", 1020, DAY, "5 PM – 12 AM"],
    ["en", "12", 1050, 1260, "5:30 – 9:00 PM"],
    ["de", "language", 1020, 1260, "17–21"],
    ["en", "12", 0, DAY, "notification_all_day"],
  ])("in %s with a clock of %s hours", (language, format, from, to, said) => {
    expect(words(language, format).hours(from, to)).toBe(said);
  });
});

describe("a week on one line", () => {
  test("names days in a row by the first and the last", () => {
    expect(saidWeek(words(), PRESETS.evenings)).toBe("Mon–Fri 17–21");
    expect(saidWeek(words(), [evening(0), evening(1), evening(3)])).toBe("Mon, Tue, Thu 17–21");
    expect(saidWeek(words(), PRESETS.daytime)).toBe("page_every_day 8–18");
  });

  test("puts days with other windows after them", () => {
    const saturday = { day: 5, from: 540, to: 720 };
    expect(saidWeek(words(), [...PRESETS.evenings, saturday, { ...saturday, from: 840, to: 900 }])).toBe(
      "Mon–Fri 17–21 · Sat 9–12, 14–15",
    );
  });

  test("says always and none", () => {
    expect(saidWeek(words(), PRESETS.always)).toBe("panel_week_always");
    expect(saidWeek(words(), [])).toBe("panel_week_none");
  });

  test("knows a preset by its windows alone", () => {
    for (const [name, spans] of Object.entries(PRESETS)) expect(presetOf([...spans])).toBe(name);
    expect(presetOf([evening(0)])).toBeUndefined();
  });

  test("has every day once", () => {
    const found = alike([evening(0), { day: 1, from: 0, to: 60 }, evening(2)]);
    expect(found.map(({ days }) => days)).toEqual([[0, 2], [1]]);
    expect(runs([0, 1, 2, 4, 6])).toEqual([[0, 2], [4, 4], [6, 6]]);
  });
});

describe("a window's label stands", () => {
  const at = (...own: [number, number][]) =>
    places(
      own.map(([from, to]) => ({ day: 0, from: from * 60, to: to * 60 })),
      own.map(() => 280),
    );

  test("in a long window, and beside a short one where there is room", () => {
    expect(at([8, 18])).toEqual(["in"]);
    expect(at([17, 21])).toEqual(["before"]);
    expect(at([2, 5])).toEqual(["after"]);
  });

  test("never on another window or label", () => {
    expect(at([8, 12], [17, 21])).toEqual(["before", "before"]);
    expect(at([2, 4], [9, 11], [14, 15])).toEqual(["after", "nowhere", "after"]);
  });
});

describe("a group says", () => {
  const off = { from: "2026-12-24", to: "2026-12-26" };

  test("the next days off, and how many more there are", () => {
    const past = { from: "2026-01-01", to: "2026-01-02" };
    expect(saidDaysOff(words(), [past], "2026-11-27")).toBe("panel_days_off_none");
    const said = saidDaysOff(words(), [{ from: "2027-01-05" }, past, off], "2026-11-27");
    expect(said).toMatch(/^page_from_to Dec 24, 2026 Dec 26, 2026 \+1$/);
    const once = { from: "2026-11-27", to: "2026-11-27", windows: [{ from: "10:00:00", to: "12:00:00" }] };
    expect(saidDaysOff(words(), [once, off], "2026-11-27")).toBe("panel_other_hours: Nov 27, 2026 +1");
  });

  test("whether a date is closed, and its hours if not", () => {
    expect(saidException(words(), off)).toBe("page_closed");
    expect(saidException(words(), { ...off, windows: [{ from: "00:00:00", to: "24:00:00" }] })).toBe("notification_all_day");
  });

  test("what holds for couriers, and who is another matter", () => {
    const couriers = [
      { courier: "post", name: "Parcel Post" },
      { courier: "swan", name: "Swan Express" },
    ];
    const rules = { default: "allow", couriers: { post: "allow", swan: "deny" } } as const;
    expect(saidCouriers(words(), couriers, rules)).toBe(
      "panel_by_default: panel_attitude_allow · Swan Express: panel_attitude_deny",
    );
  });

  test("who knows the hours, and when notifications come", () => {
    expect(saidSharing(words(), { share_hours: false, digest_at: null })).toBe("panel_hours_private · panel_digest_none");
    expect(saidSharing(words("en", "12"), { share_hours: true, digest_at: "20:00:00" })).toMatch(
      /^panel_hours_shared · panel_digest_daily 8:00.PM$/,
    );
  });
});

test.each([
  ["en", "12", "9:05 AM"],
  ["en", "24", "09:05"],
  ["en", "language", "9:05 AM"],
  ["de", "language", "09:05"],
  ["de", "12", "9:05 AM"],
  ["de", "system", new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hour12 ? "9:05 AM" : "09:05"],
])("a moment in %s with a clock of %s hours is as Home Assistant writes it", (language, format, said) => {
  expect(words(language, format).time("2026-11-24T14:05:00Z")).toBe(said);
});
