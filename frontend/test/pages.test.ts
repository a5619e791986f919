import { describe, expect, test } from "vitest";

import type { Entry } from "../src/model";
import { Words, type Home } from "../src/home";
import { byDay, dayNamed, happened, renewed, continued, resultOf } from "../src/pages";

function page(...records: number[]): { record: number }[] {
  return records.map((record) => ({ record }));
}

describe("a list by pages", () => {
  test("goes on with what is older, once", () => {
    const pages = [page(9, 8)];
    expect(continued(pages, 8, page(7, 6))).toEqual([page(9, 8), page(7, 6)]);
    expect(continued(pages, 8, page(8, 7))).toEqual([page(9, 8), page(7)]);
    expect(continued(pages, 8, [])).toEqual(pages);
  });

  test("begins with what is newest, and keeps all that is older", () => {
    expect(renewed([], page(2, 1), false)).toEqual([page(2, 1)]);
    expect(renewed([page(9, 8), page(7, 6)], page(10, 9), true)).toEqual([page(10, 9), page(8), page(7, 6)]);
    expect(renewed([page(9, 8), page(7, 6)], page(11, 8), true)).toEqual([page(11, 8), page(7, 6)]);
    expect(renewed([page(9, 8)], [], false)).toEqual([]);
  });

  test("starts over if there may be more between the newest page and the old ones", () => {
    expect(renewed([page(9, 8), page(7, 6)], page(13, 12), true)).toEqual([page(13, 12)]);
    expect(renewed([page(9, 8), page(7, 6)], page(13, 12), false)).toEqual([page(13, 12), page(9, 8), page(7, 6)]);
  });

  test("leaves pages alone of which nothing is another", () => {
    const [first, second] = [page(9, 8), page(7, 6)];
    expect(renewed([first, second], page(10, 9), true)[2]).toBe(second);
    expect(continued([first], 8, second)[0]).toBe(first);
  });
});

describe("an entry", () => {
  const entry = (more: Partial<Entry>) => happened({ door: "Lobby", outcome: null, ...more } as Entry);

  test("that was refused where no door is known reads without a door", () => {
    expect(entry({ decision: "refused" })).toBe("refused");
    expect(entry({ decision: "refused", door: "" })).toBe("refused_nowhere");
  });

  test("that was not decided here reads so", () => {
    expect(entry({ decision: "observed" })).toBe("observed");
  });

  test("that was admitted reads as it came out", () => {
    expect(entry({ decision: "admitted" })).toBe("admitted");
    expect(entry({ decision: "admitted", outcome: "opened" })).toBe("admitted_opened");
  });
});

describe("at a glance, an entry", () => {
  test.each([
    ["admitted", null, "admitted"],
    ["admitted", "opened", "admitted"],
    ["admitted", "unconfirmed", "unknown"],
    ["admitted", "failed", "unknown"],
    ["admitted", "unknown", "unknown"],
    ["observed", null, "unknown"],
    ["refused", null, "refused"],
  ])("that was %s with the outcome %s is %s", (decision, outcome, result) => {
    expect(resultOf({ decision, outcome } as Entry)).toBe(result);
  });
});

test("words on another wall clock write its times, and stay the same", () => {
  const words = new Words({ language: "en-GB", config: { time_zone: "UTC" } } as Home);
  const tokyo = words.in("Asia/Tokyo");
  expect(words.time("2026-12-01T12:00:00Z")).toBe("12:00");
  expect(tokyo.time("2026-12-01T12:00:00Z")).toBe("21:00");
  expect(words.in("Asia/Tokyo")).toBe(tokyo);
  expect(words.in("UTC")).toBe(words);
});

describe("days", () => {
  test("are in the order of their entries", () => {
    expect(byDay(["b2", "b1", "a1"], (name) => name[0]!)).toEqual([["b", ["b2", "b1"]], ["a", ["a1"]]]);
    expect(byDay([], String)).toEqual([]);
  });

  test("are called today and yesterday, and by their date before", () => {
    const words = (language: string) => new Words({ language, config: { time_zone: "UTC" } } as Home);
    const named = (day: string, language = "en-GB") => dayNamed(words(language), day, "2026-12-01");
    expect(named("2026-12-01")).toBe("Today");
    expect(named("2026-11-30")).toBe("Yesterday");
    expect(named("2026-11-26")).toBe("Thu 26 Nov");
    expect(named("2026-12-02")).toBe("Wed 2 Dec");
    expect(named("2026-11-30", "de")).toBe("Gestern");
  });
});
