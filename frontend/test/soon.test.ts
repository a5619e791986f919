import { describe, expect, test } from "vitest";

import type { Delivery, Entry } from "../src/model";
import { lastVisits } from "../src/pages";
import { Words, type Home } from "../src/home";
import { isLeft, nextOf, shortly, startsIn, windowOf } from "../src/soon";

const NOW = Date.parse("2026-11-27T12:00:00Z");
const MINUTE = 60_000;

function delivery(starts: number, ends: number, units: string[] | undefined = ["3B"]): Delivery {
  const at = (minutes: number) => new Date(NOW + minutes * MINUTE).toISOString();
  return {
    courier: `from ${starts}`,
    door: "Lobby",
    starts_at: at(starts),
    ends_at: at(ends),
    ...(units && { units }),
  };
}

describe("the next delivery", () => {
  test("is the first of one's own that is not over", () => {
    const expected = [delivery(120, 180), delivery(-120, -1), delivery(-30, 30), { ...delivery(-60, 60), units: undefined }];
    expect(nextOf(expected as Delivery[], NOW)?.courier).toBe("from -30");
    expect(nextOf([delivery(-120, 0)], NOW)).toBeUndefined();
  });

  test.each([
    [1, "in 1 minute"],
    [0.2, "in 1 minute"],
    [59, "in 59 minutes"],
    [95, "in 2 hours"],
    [60 * 30, "in 1 day"],
  ])("that begins in %d minutes begins %s", (minutes, said) => {
    expect(startsIn(delivery(minutes, minutes + 60), NOW, "en")).toBe(said);
  });

  test("has begun, and says what is left of it", () => {
    expect(startsIn(delivery(0, 60), NOW, "en")).toBeUndefined();
    expect(isLeft(delivery(-30, 25), NOW, "en")).toBe("25 minutes");
    expect(isLeft(delivery(-30, 120), NOW, "de")).toBe("2 Stunden");
  });
});

test("the last visit to each door is the newest one that was no refusal", () => {
  const entry = (record: number, door: string, decision: Entry["decision"]) => ({ record, door, decision }) as Entry;
  const visits = lastVisits([
    entry(9, "Lobby", "refused"),
    entry(8, "Lobby", "observed"),
    entry(7, "Garage", "refused"),
    entry(6, "Lobby", "admitted"),
  ]);
  expect([...visits].map(([door, { record }]) => [door, record])).toEqual([["Lobby", 8]]);
});

describe("on a card", () => {
  const words = new Words({ language: "en-GB", config: { time_zone: "UTC" } } as Home);

  test("a window of today is its hours, another one has its days", () => {
    expect(windowOf(words, delivery(60, 150), NOW)).toBe("13:00–14:30");
    expect(windowOf(words, delivery(60, 13 * 60), NOW)).toBe("Fri 27 Nov, 13:00 – Sat 28 Nov, 01:00");
    expect(windowOf(words, delivery(24 * 60, 25 * 60), NOW)).toBe("Sat 28 Nov, 12:00 – 13:00");
  });

  test("a moment is a time today, else a day", () => {
    expect(shortly(words, "2026-11-27T09:05:00Z", NOW)).toBe("09:05");
    expect(shortly(words, "2026-11-26T09:05:00Z", NOW)).toBe("Thu 26 Nov");
  });
});
