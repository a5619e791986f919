import { describe, expect, test } from "vitest";

import {
  clock,
  copied,
  DAY,
  drawn,
  holding,
  joined,
  minutes,
  moved,
  read,
  replaced,
  resized,
  room,
  write,
  type Span,
} from "../src/week";

const morning: Span = { day: 0, from: 480, to: 720 };

/** Spans of all kinds, the same at each run. */
function* manySpans(): Generator<Span[]> {
  let seed = 20261125;
  const below = (most: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % most;
  };
  for (let round = 0; round < 300; round++)
    yield Array.from({ length: below(12) }, () => {
      const from = below(DAY / 15) * 15;
      return { day: below(7), from, to: Math.min(DAY, from + 15 + below(40) * 15) };
    });
}

const isOpen = (spans: readonly Span[], day: number, at: number) =>
  spans.some((span) => span.day === day && span.from <= at && at < span.to);

const everyStep = (open: (day: number, at: number) => boolean) =>
  Array.from({ length: 7 * 96 }, (_, step) => (open(Math.floor(step / 96), (step % 96) * 15) ? "1" : "0")).join("");

describe("a week's windows", () => {
  test("are written as they were read", () => {
    const windows = {
      monday: [
        { from: "08:00:00", to: "12:00:00" },
        { from: "16:30:00", to: "24:00:00" },
      ],
      sunday: [{ from: "00:00:00", to: "06:15:00" }],
    };
    expect(write(read(windows))).toEqual(windows);
    expect(clock(minutes("24:00:00"))).toBe("24:00");
  });

  test("once joined are apart, in order, and open when they were", () => {
    for (const spans of manySpans()) {
      const whole = joined(spans);
      for (const [index, span] of whole.entries()) {
        const next = whole[index + 1];
        if (next) expect(next.day > span.day || next.from > span.to).toBe(true);
      }
      const hours = (of: Span[]) => everyStep((day, at) => isOpen(of, day, at));
      expect(hours(whole)).toBe(hours(spans));
    }
  });

  test("are drawn in either direction, snapped, and never too short to be seen", () => {
    expect(drawn(2, 601, 475)).toEqual({ day: 2, from: 480, to: 600 });
    expect(drawn(2, 600, 600)).toEqual({ day: 2, from: 600, to: 615 });
    expect(drawn(2, 1440, 1440)).toEqual({ day: 2, from: 1425, to: 1440 });
  });

  test("keep their length when they are moved, and stay in the week", () => {
    expect(moved(morning, 3, 607)).toEqual({ day: 3, from: 600, to: 840 });
    expect(moved(morning, 9, 1400)).toEqual({ day: 6, from: 1200, to: 1440 });
    expect(moved(morning, -1, -60)).toEqual({ day: 0, from: 0, to: 240 });
  });

  test("are resized at one end only", () => {
    expect(resized(morning, "from", 900)).toEqual({ day: 0, from: 705, to: 720 });
    expect(resized(morning, "to", 2000)).toEqual({ day: 0, from: 480, to: 1440 });
  });

  test("that are drawn over one another become one", () => {
    const spans = replaced([morning], undefined, { day: 0, from: 700, to: 800 });
    expect(spans).toEqual([{ day: 0, from: 480, to: 800 }]);
    expect(holding(spans, 0, 700)).toBe(spans[0]);
    expect(replaced(spans, spans[0], undefined)).toEqual([]);
  });

  test("are copied onto other days in place of theirs", () => {
    const spans = [morning, { day: 1, from: 0, to: 60 }, { day: 2, from: 0, to: 60 }];
    expect(copied(spans, 0, [0, 1])).toEqual([morning, { ...morning, day: 1 }, spans[2]]);
  });

  test("get room for one more that touches none, where there is room", () => {
    expect(room([], 4)).toEqual({ day: 4, from: 540, to: 720 });
    expect(room([{ day: 4, from: 0, to: DAY }], 4)).toBeUndefined();
    for (const spans of manySpans())
      for (let day = 0; day < 7; day++) {
        const whole = joined(spans);
        const found = room(whole, day);
        if (found) expect(joined([...whole, found])).toHaveLength(whole.length + 1);
      }
  });
});
