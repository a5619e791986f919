/** A resident's hours opened for one parcel, on its days only. */

import type { Access } from "./access";
import { addDays, windowsOn, withException, type OwnHours } from "./days";
import { Draft } from "./draft";
import type { HoursException, Rules } from "./model";
import type { Times } from "./parcel";
import { DAY, joined, minutes, toRanges } from "./week";

/** The exceptions with which the hours of a parcel's days also contain its times. An end before the beginning is on the next day. */
export function openedFor(rules: OwnHours, day: string, times: Times): HoursException[] {
  const [from, to] = [minutes(times.from), minutes(times.to)];
  const first = withHours(rules, day, from, from < to ? to : DAY);
  return from < to || to === 0 ? first : withHours({ ...rules, exceptions: first }, addDays(day, 1), 0, to);
}

function withHours(rules: OwnHours, day: string, from: number, to: number): HoursException[] {
  const own = windowsOn(rules, day).map((each) => ({ day: 0, from: minutes(each.from), to: minutes(each.to) }));
  const windows = toRanges(joined([...own, { day: 0, from, to }]));
  return withException(rules.exceptions, { from: day, to: day, windows });
}

/** Open a resident's hours for a parcel; return the way back, or nothing if it was refused. */
export async function openOnce(
  access: Pick<Access, "rules" | "setRules">,
  building: string,
  resident: string,
  [day, times]: [string, Times],
  refused: (error: unknown) => void,
): Promise<(() => void) | undefined> {
  const shown: { rules?: Rules } = {};
  const draft = new Draft(access, building, resident, (rules) => (shown.rules = rules), refused);
  await draft.load();
  if (!shown.rules || !(await draft.change({ exceptions: openedFor(shown.rules, day, times) }))) return undefined;
  return () => void draft.undo();
}
