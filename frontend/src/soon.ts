/** Which delivery comes next, and how long it is until then. */

import type { Words } from "./home";
import type { Delivery } from "./model";
import { minutes } from "./week";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The reader's next delivery: the one that began first of those that are not over. */
export function nextOf(expected: readonly Delivery[], now: number): Delivery | undefined {
  return expected
    .filter(({ units, ends_at: end }) => units !== undefined && Date.parse(end) > now)
    .sort((one, other) => Date.parse(one.starts_at) - Date.parse(other.starts_at))[0];
}

/** How long something is away, in the largest unit that fits: minutes up to an hour, hours up to a day. */
function away(length: number): [number, "minute" | "hour" | "day"] {
  if (length < HOUR) return [Math.max(1, Math.ceil(length / MINUTE)), "minute"];
  return length < DAY ? [Math.round(length / HOUR), "hour"] : [Math.round(length / DAY), "day"];
}

/** Until a delivery's window begins, such as "in 25 minutes"; undefined once it has begun. */
export function startsIn({ starts_at: start }: Delivery, now: number, language: string): string | undefined {
  const length = Date.parse(start) - now;
  if (length <= 0) return undefined;
  return new Intl.RelativeTimeFormat(language).format(...away(length));
}

/** What is left of its window, such as "25 minutes". */
export function isLeft({ ends_at: end }: Delivery, now: number, language: string): string {
  const [amount, unit] = away(Date.parse(end) - now);
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(amount);
}

/** A moment as short as it is clear: the time if it is today, else the day. */
export function shortly(words: Words, instant: string, now: number): string {
  const { day, time } = words.wall(instant);
  return day === words.wall(now).day ? words.clock(minutes(time)) : words.day(instant);
}

/** A delivery's window, without its day if all of it is today. */
export function windowOf(words: Words, { starts_at: start, ends_at: end }: Delivery, now: number): string {
  const [first, last, today] = [start, end, now].map((at) => words.wall(at));
  return first && last && first.day === today?.day && last.day === first.day
    ? words.hours(minutes(first.time), minutes(last.time))
    : words.span(start, end);
}

/** When a delivery can open the door; undefined if that is all of its time, or at no time. */
export function saidOpens(words: Words, { starts_at: start, ends_at: end, opens = [] }: Delivery): string | undefined {
  const times = opens.map(({ from, until }) => words.span(from, until)).join(", ");
  return times && times !== words.span(start, end) ? words.say("page_opens_only", { times }) : undefined;
}
