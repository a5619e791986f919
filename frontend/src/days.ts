/** Days off as they are tapped in a calendar, and the exceptions of rules that they become. */

import { WEEKDAYS, type HoursException, type Rules, type TimeRange, type Weekday } from "./model";

export const MS_OF_DAY = 86_400_000;

export function addDays(iso: string, days: number): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + days * MS_OF_DAY).toISOString().slice(0, 10);
}

export const isOff = (exception: HoursException): boolean => !exception.windows?.length;
const last = (exception: HoursException): string => exception.to ?? exception.from;

export function exceptionOn(
  exceptions: readonly HoursException[],
  iso: string,
): HoursException | undefined {
  return exceptions.find((each) => each.from <= iso && iso <= last(each));
}

export type OwnHours = Pick<Rules, "windows" | "exceptions">;

export function weekdayOf(day: string): Weekday {
  return WEEKDAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] as Weekday;
}

/** The hours of a date, by its exception or else its weekday. */
export function windowsOn({ windows, exceptions }: OwnHours, day: string): readonly TimeRange[] {
  const exception = exceptionOn(exceptions, day);
  return (exception ? exception.windows : windows[weekdayOf(day)]) ?? [];
}

/** Without that date: what stood before and after it stays. */
export function without(exceptions: readonly HoursException[], iso: string): HoursException[] {
  return exceptions.flatMap((each) => {
    if (iso < each.from || last(each) < iso) return [each];
    return [
      ...(each.from < iso ? [{ ...each, to: addDays(iso, -1) }] : []),
      ...(iso < last(each) ? [{ ...each, from: addDays(iso, 1), to: last(each) }] : []),
    ];
  });
}

/** With one exception more, which replaces what stood on its dates; days off that meet are one range. */
export function withException(
  exceptions: readonly HoursException[],
  added: HoursException,
): HoursException[] {
  let kept = [...exceptions];
  for (let day = added.from; day <= last(added); day = addDays(day, 1)) kept = without(kept, day);
  const inOrder = [...kept, { ...added, to: last(added) }].sort((one, other) =>
    one.from < other.from ? -1 : 1,
  );
  const whole: HoursException[] = [];
  for (const each of inOrder) {
    const before = whole.at(-1);
    if (before && isOff(before) && isOff(each) && addDays(last(before), 1) === each.from)
      before.to = last(each);
    else whole.push({ ...each });
  }
  return whole;
}

/** A day off turned on or off. */
export function toggled(exceptions: readonly HoursException[], iso: string): HoursException[] {
  return exceptionOn(exceptions, iso)
    ? without(exceptions, iso)
    : withException(exceptions, { from: iso, to: iso });
}

/** Days off from one date to another, in either order; all of them on again if they are all off already. */
export function ranged(exceptions: readonly HoursException[], one: string, other: string): HoursException[] {
  const [from, to] = one < other ? [one, other] : [other, one];
  let [kept, allOff] = [[...exceptions], true];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const exception = exceptionOn(exceptions, day);
    allOff &&= exception !== undefined && isOff(exception);
    kept = without(kept, day);
  }
  return allOff ? kept : withException(exceptions, { from, to });
}

/** The weeks of a month, from Monday or Sunday on; dates of other months are undefined. */
export function weeksOf(month: string, firstDay: number): (string | undefined)[][] {
  const first = `${month}-01`;
  const lead = (new Date(`${first}T00:00:00Z`).getUTCDay() - firstDay + 7) % 7;
  const cells: (string | undefined)[] = Array<undefined>(lead).fill(undefined);
  for (let day = first; day.startsWith(month); day = addDays(day, 1)) cells.push(day);
  while (cells.length % 7) cells.push(undefined);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

export function nextMonth(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}
