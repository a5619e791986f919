import { describe, expect, test } from "vitest";

import { addDays, exceptionOn, nextMonth, toggled, weeksOf, withException, without } from "../src/days";

describe("days off", () => {
  test("that meet become one range, and a tap in it takes that day out", () => {
    let exceptions = toggled(toggled(toggled([], "2026-12-24"), "2026-12-26"), "2026-12-25");
    expect(exceptions).toEqual([{ from: "2026-12-24", to: "2026-12-26" }]);
    exceptions = toggled(exceptions, "2026-12-25");
    expect(exceptions).toEqual([
      { from: "2026-12-24", to: "2026-12-24" },
      { from: "2026-12-26", to: "2026-12-26" },
    ]);
  });

  test("replace other hours on their dates and leave those beside them", () => {
    const windows = [{ from: "10:00", to: "12:00" }];
    const other = [{ from: "2026-02-27", to: "2026-03-02", windows }];
    expect(withException(other, { from: "2026-02-28", to: "2026-03-01" })).toEqual([
      { from: "2026-02-27", to: "2026-02-27", windows },
      { from: "2026-02-28", to: "2026-03-01" },
      { from: "2026-03-02", to: "2026-03-02", windows },
    ]);
    expect(without(other, "2026-02-27")).toEqual([{ from: "2026-02-28", to: "2026-03-02", windows }]);
    expect(exceptionOn(other, "2026-03-02")).toBe(other[0]);
    expect(exceptionOn(other, "2026-03-03")).toBeUndefined();
  });

  test("are the calendar's own, whatever the clock does", () => {
    expect(addDays("2026-03-28", 1)).toBe("2026-03-29");
    expect(addDays("2026-03-29", 1)).toBe("2026-03-30");
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(nextMonth("2026-12", 1)).toBe("2027-01");
    expect(nextMonth("2026-01", -1)).toBe("2025-12");
  });

  test("stand in weeks under the right names", () => {
    const weeks = weeksOf("2026-11", 1);
    expect(weeks[0]).toEqual([...Array<undefined>(6).fill(undefined), "2026-11-01"]);
    expect(weeks.at(-1)?.[0]).toBe("2026-11-30");
    expect(weeks.every((week) => week.length === 7)).toBe(true);
  });
});
