import { expect, test } from "vitest";

import { dayPart } from "../src/day-bar";
import { Words, type Home } from "../src/home";
import type { Delivery } from "../src/model";

const WORDS = new Words({ language: "en", config: { time_zone: "Europe/Paris" } } as Home);
const NOON = Date.parse("2026-11-27T11:00:00Z");

function part(starts: string, ends: string) {
  return dayPart(WORDS, { starts_at: starts, ends_at: ends } as Delivery, NOON);
}

test.each([
  ["of today has its hours on the building's clock", "2026-11-27T16:00:00Z", "2026-11-27T20:30:00Z", ["2026-11-27", 1020, 1290, 720]],
  ["of another day has no mark for now", "2026-11-28T07:00:00Z", "2026-11-28T17:00:00Z", ["2026-11-28", 480, 1080, undefined]],
  ["until midnight fills its day to the end", "2026-11-27T22:00:00Z", "2026-11-27T23:00:00Z", ["2026-11-27", 1380, 1440, 720]],
  ["that began yesterday begins with today", "2026-11-26T20:00:00Z", "2026-11-27T15:00:00Z", ["2026-11-27", 0, 960, 720]],
  ["of several days fills today", "2026-11-25T20:00:00Z", "2026-11-29T15:00:00Z", ["2026-11-27", 0, 1440, 720]],
])("a delivery %s", (_, starts, ends, [day, from, to, now]) => {
  expect(part(starts, ends)).toEqual({ day, from, to, now });
});
