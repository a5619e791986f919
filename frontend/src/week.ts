/** A week's windows as they are drawn: spans of minutes of a day, in order and apart. */

import { WEEKDAYS, type TimeRange, type Windows } from "./model";

export const DAY = 1440;
export const STEP = 15;
export const SHORTEST = 15;

export interface Span {
  /** 0 is Monday. */
  day: number;
  /** Minutes since midnight; `to` is after `from` and at most 1440. */
  from: number;
  to: number;
}

export function minutes(clock: string): number {
  const [hours = "0", past = "0"] = clock.split(":");
  return Number(hours) * 60 + Number(past);
}

/** A time of day as rules have it; 1440 is 24:00. */
export function clock(at: number): string {
  return `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
}

export function toRanges(spans: readonly Span[]): TimeRange[] {
  return spans.map(({ from, to }) => ({ from: `${clock(from)}:00`, to: `${clock(to)}:00` }));
}

export function read(windows: Windows): Span[] {
  return WEEKDAYS.flatMap((name, day) =>
    (windows[name] ?? []).map(({ from, to }) => ({ day, from: minutes(from), to: minutes(to) })),
  );
}

export function write(spans: readonly Span[]): Windows {
  const windows: Windows = {};
  for (const [day, name] of WEEKDAYS.entries()) {
    const own = spans.filter((span) => span.day === day);
    if (own.length) windows[name] = toRanges(own);
  }
  return windows;
}

/** In order, and those that touch or overlap made one. */
export function joined(spans: readonly Span[]): Span[] {
  const inOrder = [...spans].sort((one, other) => one.day - other.day || one.from - other.from);
  const whole: Span[] = [];
  for (const span of inOrder) {
    const last = whole.at(-1);
    if (last && last.day === span.day && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else whole.push({ ...span });
  }
  return whole;
}

/** What a week with hours leaves out of a day; a week without any leaves out nothing. */
export function leftOut(week: readonly Span[], day: number): Span[] {
  if (!week.length) return [];
  const own = week.filter((span) => span.day === day);
  const starts = [0, ...own.map(({ to }) => to)];
  const ends = [...own.map(({ from }) => from), DAY];
  return starts.map((from, at) => ({ day, from, to: ends[at] ?? DAY })).filter(({ from, to }) => from < to);
}

export function snapped(at: number): number {
  return Math.min(DAY, Math.max(0, Math.round(at / STEP) * STEP));
}

/** Between two points of a day, in either order, and never too short to be seen. */
export function drawn(day: number, one: number, other: number): Span {
  const [first, second] = [snapped(Math.min(one, other)), snapped(Math.max(one, other))];
  const from = Math.min(first, DAY - SHORTEST);
  return { day, from, to: Math.max(second, from + SHORTEST) };
}

/** As long as before, somewhere else within the week. */
export function moved(span: Span, day: number, from: number): Span {
  const length = span.to - span.from;
  const start = Math.min(DAY - length, Math.max(0, Math.round(from / STEP) * STEP));
  return { day: Math.min(6, Math.max(0, day)), from: start, to: start + length };
}

/** With another beginning or end; the other stays where it is. */
export function resized(span: Span, edge: "from" | "to", at: number): Span {
  const to = snapped(at);
  return edge === "from"
    ? { ...span, from: Math.min(to, span.to - SHORTEST) }
    : { ...span, to: Math.max(to, span.from + SHORTEST) };
}

/** Another window in place of one, which is known by its times: a week that is read again has new spans. */
export function replaced(spans: readonly Span[], old: Span | undefined, by: Span | undefined): Span[] {
  const others = spans.filter(({ day, from, to }) => day !== old?.day || from !== old.from || to !== old.to);
  return joined(by ? [...others, by] : others);
}

/** One day's windows on other days too, in place of theirs. */
export function copied(spans: readonly Span[], day: number, onto: readonly number[]): Span[] {
  const kept = spans.filter((span) => span.day === day || !onto.includes(span.day));
  const own = spans.filter((span) => span.day === day);
  return joined([
    ...kept,
    ...onto.filter((other) => other !== day).flatMap((other) => own.map((span) => ({ ...span, day: other }))),
  ]);
}

/** The window of a set that holds a point, to find one again after windows were joined. */
export function holding(spans: readonly Span[], day: number, at: number): Span | undefined {
  return spans.find((span) => span.day === day && span.from <= at && at < span.to);
}

/** Room for one more window on a day: the late morning where it is free, else the start of the longest gap. */
export function room(spans: readonly Span[], day: number): Span | undefined {
  const own = spans.filter((span) => span.day === day);
  const wanted = { day, from: 9 * 60, to: 12 * 60 };
  if (own.every((span) => span.to < wanted.from || wanted.to < span.from)) return wanted;
  const gaps = [...own, { day, from: DAY, to: DAY }].map((span, index) => ({
    from: index === 0 ? 0 : (own[index - 1]?.to ?? 0) + STEP,
    to: span.from === DAY ? DAY : span.from - STEP,
  }));
  const { from, to } = gaps.reduce((one, other) => (other.to - other.from > one.to - one.from ? other : one));
  return to - from < SHORTEST ? undefined : { day, from, to: Math.min(to, from + 180) };
}

/** Weeks that are set with one tap. */
export const PRESETS = {
  evenings: [0, 1, 2, 3, 4].map((day) => ({ day, from: 17 * 60, to: 21 * 60 })),
  daytime: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: 8 * 60, to: 18 * 60 })),
  always: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: 0, to: DAY })),
  none: [],
} as const satisfies Record<string, readonly Span[]>;
export type WeekPreset = keyof typeof PRESETS;
export const WEEK_PRESETS = Object.keys(PRESETS) as WeekPreset[];

/** The preset that a week is, if it is one. */
export function presetOf(spans: readonly Span[]): WeekPreset | undefined {
  const week = JSON.stringify(write(spans));
  return WEEK_PRESETS.find((name) => JSON.stringify(write(PRESETS[name])) === week);
}

/** The days that have windows, those with the same ones together, in the order in which they begin. */
export function alike(spans: readonly Span[]): { days: number[]; windows: Span[] }[] {
  const groups = new Map<string, { days: number[]; windows: Span[] }>();
  for (let day = 0; day < 7; day++) {
    const windows = spans.filter((span) => span.day === day);
    const key = windows.map(({ from, to }) => `${from}-${to}`).join();
    const group = groups.get(key);
    if (group) group.days.push(day);
    else if (windows.length) groups.set(key, { days: [day], windows });
  }
  return [...groups.values()];
}

/** Days in a row as their first and last. */
export function runs(days: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const day of days) {
    const last = found.at(-1);
    if (last && last[1] === day - 1) last[1] = day;
    else found.push([day, day]);
  }
  return found;
}

/** Where a window's label fits: in it, beside it in what is free of the day, or nowhere. */
export type Place = "in" | "before" | "after" | "nowhere";

/** Find the places for the labels of a day's windows; `needs` are their widths in minutes. */
export function places(own: readonly Span[], needs: readonly number[]): Place[] {
  let free = 0;
  return own.map(({ from, to }, index) => {
    const need = needs[index] ?? 0;
    const next = own[index + 1]?.from ?? DAY;
    const place: Place =
      to - from >= need ? "in" : from - free >= need ? "before" : next - to >= need ? "after" : "nowhere";
    free = place === "after" ? to + need : to;
    return place;
  });
}
