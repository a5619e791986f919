/** A parcel that is expected: on which day and in which hours, on the building's clock. */

import { addDays, weekdayOf, windowsOn } from "./days";
import type { Building, Courier, Resident, Rules, TimeRange, Windows } from "./model";
import { clock, DAY, joined, minutes, read, type Span } from "./week";

export type Preset = "mine" | "day" | "evening" | "all_day" | "other";

/** An end that isn't later than the beginning is on the next day. */
export interface Times {
  from: string;
  to: string;
}

export const FIXED: Readonly<Record<"day" | "evening" | "all_day", Times>> = {
  day: { from: "08:00", to: "18:00" },
  evening: { from: "17:00", to: "21:00" },
  all_day: { from: "00:00", to: "00:00" },
};

/**
 * From the first to the last of one's hours on a date within the building's, if there are any.
 *
 * Those that are longer than a grant may be are cut: from `now` on if they have begun, else from the morning on. What
 * goes on after midnight is another day's.
 */
export function ownTimes(
  rules: Pick<Rules, "windows" | "exceptions">,
  day: string,
  longest: number,
  now: string,
  house: Windows,
): Times | undefined {
  const own = openOn(rules, day, house);
  const [first, last] = [own[0], own.at(-1)];
  if (!first || !last) return undefined;
  const most = longest * 60;
  if (last.to - first.from <= most) return timesOf(first.from, last.to);
  const time = minutes(now.slice(11));
  const since = now.startsWith(day) && first.from <= time ? time : minutes(FIXED.day.from);
  const next = own.find(({ to }) => to > since);
  const from = next ? Math.max(next.from, since) : first.from;
  const within = own.filter((each) => each.from < from + most);
  return timesOf(from, Math.min(within.at(-1)?.to ?? 0, from + most));
}

/** When both one's own hours and the building's are open on a date; a building without any hours always is. */
function openOn(rules: Pick<Rules, "windows" | "exceptions">, day: string, house: Windows): Span[] {
  const own = spansOf(windowsOn(rules, day));
  if (!read(house).length) return own;
  const ofHouse = spansOf(house[weekdayOf(day)] ?? []);
  return own.flatMap((one) => ofHouse.map((other) => common(one, other)).filter(({ from, to }) => from < to));
}

function spansOf(windows: readonly TimeRange[]): Span[] {
  return joined(windows.map(({ from, to }) => ({ day: 0, from: minutes(from), to: minutes(to) })));
}

function common(one: Span, other: Span): Span {
  return { day: 0, from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) };
}

function timesOf(from: number, to: number): Times {
  return { from: clock(from), to: clock(to % DAY) };
}

export function hoursOf({ from, to }: Times): number {
  const length = minutes(to) - minutes(from);
  return (length > 0 ? length : length + DAY) / 60;
}

/** Both ends as the integration takes them without an offset. */
export function windowOf(day: string, { from, to }: Times): { starts_at: string; ends_at: string } {
  const last = from < to ? day : addDays(day, 1);
  return { starts_at: `${day}T${from}:00`, ends_at: `${last}T${to}:00` };
}

/**
 * The hours to choose on a date: what is not over by `now`, and no longer than the courier may have.
 *
 * What meets no hours that are open then would be refused, so it is left out as long as something else meets some.
 */
export function presetsOf(
  day: string,
  rules: Pick<Rules, "windows" | "exceptions"> | undefined,
  courier: Pick<Courier, "longest_grant_hours">,
  now: string,
  house: Windows,
): [Preset, Times | undefined][] {
  const mine = rules && ownTimes(rules, day, courier.longest_grant_hours, now, house);
  const known: [Preset, Times][] = [
    ...(mine ? [["mine", mine] as [Preset, Times]] : []),
    ["day", FIXED.day],
    ["evening", FIXED.evening],
    ["all_day", FIXED.all_day],
  ];
  const fitting = known.filter(
    ([, times]) => hoursOf(times) <= courier.longest_grant_hours && windowOf(day, times).ends_at > now,
  );
  const since = now.startsWith(day) ? minutes(now.slice(11)) : 0;
  const opens = rules ? openOn(rules, day, house).filter(({ to }) => to > since) : [];
  const meeting = fitting.filter(([, { from, to }]) =>
    opens.some((open) => minutes(from) < open.to && Math.max(open.from, since) < (minutes(to) || DAY)),
  );
  return [...(meeting.length ? meeting : fitting), ["other", undefined]];
}

/** Whether one's hours on a date would go on if the courier might have more; what is over by `now` isn't missed. */
export function areCut(
  day: string,
  rules: Pick<Rules, "windows" | "exceptions">,
  { longest_grant_hours: longest }: Pick<Courier, "longest_grant_hours">,
  now: string,
  house: Windows,
): boolean {
  const [times, whole] = [longest, DAY / 60].map((most) => ownTimes(rules, day, most, now, house));
  return times?.to !== whole?.to || (times?.from !== whole?.from && !now.startsWith(day));
}

/** Those that can be expected: they may come, and there is a door for them. */
export function couriersOf({ couriers, doors }: Pick<Building, "couriers" | "doors">): Courier[] {
  return couriers.filter((courier) => courier.enabled && doors.some(({ door }) => courier.doors.includes(door)));
}

/** Whether the reader can announce a delivery to their home, whatever is then decided about it. */
export function mayExpect(building: Pick<Building, "residents" | "couriers" | "doors">): boolean {
  const own = building.residents.filter((each) => each.is_me && !each.waits_for_confirmation);
  return own.length > 0 && couriersOf(building).length > 0;
}

/** Whether a resident has decided that couriers may come, and when. */
export function accepts({ waits_for_confirmation: waits, consent, has_hours: hasHours }: Resident): boolean {
  return !waits && consent === "given" && hasHours;
}
