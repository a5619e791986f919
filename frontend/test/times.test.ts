import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import cases from "../../tests/notifications/times.json";
import { Words, type Home } from "../src/home";

interface Written {
  times: string[];
  moments: string[];
  spans: string[];
  hours?: string[];
  date?: string;
}

/** What the integration's own tests read, too: notifications, passes, and pages write the same. */
const CASES = cases as {
  zone: string;
  now: string;
  moments: string[];
  spans: string[][];
  hours: string[][];
  written: Record<string, Written>;
};
const LANGUAGES = Object.entries(CASES.written);
/** The panel has no words in these languages, which only drivers read; their months and weekdays aren't numbers or letters. */
const OF_DRIVERS: Record<string, Intl.DateTimeFormatOptions> = {
  ...Object.fromEntries(["ar", "bg", "cs", "hu", "ro", "ru", "tr", "uk"].map((language) => [language, {}])),
  ...Object.fromEntries(["bg", "cs", "ru", "uk"].map((language) => [language, { month: "long" }])),
  hu: { weekday: "long" },
};

function words(language: string, format = "language"): Words {
  return new Words({
    language,
    locale: { language, time_format: format },
    config: { time_zone: CASES.zone },
    localize: (key: string) => key,
  } as unknown as Home);
}

function minutes(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return hour * 60 + minute;
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(CASES.now), toFake: ["Date"] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("times are written as in notifications and on pages", () => {
  test.each(LANGUAGES.filter(([language]) => !OF_DRIVERS[language]))("in %s", (language, written) => {
    const said = words(language);
    expect(CASES.moments.map((at) => said.time(at))).toEqual(written.times);
    expect(CASES.moments.map((at) => said.moment(at))).toEqual(written.moments);
    expect(CASES.spans.map(([start = "", end = ""]) => said.span(start, end))).toEqual(written.spans);
    expect(CASES.hours.map(([from = "", to = ""]) => said.hours(minutes(from), minutes(to)))).toEqual(written.hours);
    const day = said.wall(CASES.now).day;
    expect(said.date(day, { day: "numeric", month: "short", year: "numeric" })).toBe(written.date);
  });

  test.each(LANGUAGES.filter(([language]) => OF_DRIVERS[language]))("for drivers in %s", (language, { times, moments }) => {
    const at = CASES.moments.map((each) => new Date(each));
    const half = new Intl.DateTimeFormat(language, { hour: "numeric" }).resolvedOptions().hour12;
    const time = new Intl.DateTimeFormat(language, {
      timeZone: CASES.zone,
      hour: half ? "numeric" : "2-digit",
      minute: "2-digit",
    });
    expect(at.map((each) => time.format(each))).toEqual(times);
    const options = { weekday: "short", day: "numeric", month: "short", timeZone: CASES.zone, ...OF_DRIVERS[language] } as const;
    const days = at.map((each) => {
      const isThisYear = each.getUTCFullYear() === 2026;
      return new Intl.DateTimeFormat(language, { ...options, ...(!isThisYear && { year: "numeric" }) }).format(each);
    });
    const comma = language === "ar" ? "، " : ", ";
    expect(days.map((day, index) => day + comma + times[index])).toEqual(moments);
  });
});

test("a reader who chose 12 or 24 hours reads those, in any language", () => {
  const [at = ""] = CASES.moments;
  expect(words("en", "24").time(at)).toBe("02:13");
  expect(words("de", "12").time(at)).toBe("2:13 AM");
  expect(words("en", "24").hours(1020, 1260)).toBe("17–21");
});

test("the day of a list names another year", () => {
  expect(words("en").dayOf("2026-12-31")).toBe("Thu, Dec 31");
  expect(words("en").dayOf("2027-01-01")).toBe("Fri, Jan 1, 2027");
});
