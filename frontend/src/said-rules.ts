/** What is set in each group of a resident's rules, on one line; and that a change of them is kept. */

import { isOff } from "./days";
import type { Words } from "./home";
import type { Courier, Decision, Delivery, HoursException, Resident, Rules, RulesChange } from "./model";
import type { Told } from "./view";
import { minutes } from "./week";

/** Days off and other hours that are still to come; the first by its dates, the others by their number. */
export function saidDaysOff(words: Words, exceptions: readonly HoursException[], today: string): string {
  const [first, ...more] = exceptions
    .filter((each) => (each.to ?? each.from) >= today)
    .sort((one, other) => (one.from < other.from ? -1 : 1));
  if (!first) return words.say("panel_days_off_none");
  const dates = saidDates(words, first);
  // Hours that are opened once aren't a day off.
  const said = isOff(first) ? dates : `${words.say("panel_other_hours")}: ${dates}`;
  return said + (more.length ? ` +${more.length}` : "");
}

export function saidDates(words: Words, { from, to }: HoursException): string {
  const day = (iso: string) => words.date(iso, { day: "numeric", month: "short", year: "numeric" });
  return to === undefined || to === from ? day(from) : words.say("page_from_to", { first: day(from), last: day(to) });
}

/** What holds on the days of an exception: closed, or its hours. */
export function saidException(words: Words, exception: HoursException): string {
  if (isOff(exception)) return words.say("page_closed");
  return (exception.windows ?? []).map(({ from, to }) => words.hours(minutes(from), minutes(to))).join(", ");
}

/** What holds for every courier, and those for whom something else does. */
export function saidCouriers(
  words: Words,
  couriers: readonly Pick<Courier, "courier" | "name">[],
  rules: Pick<Rules, "default" | "couriers">,
): string {
  const others = couriers.flatMap(({ courier, name }) => {
    const attitude = rules.couriers[courier];
    return attitude && attitude !== rules.default ? `${name}: ${words.say(`panel_attitude_${attitude}`)}` : [];
  });
  return [`${words.say("panel_by_default")}: ${words.say(`panel_attitude_${rules.default}`)}`, ...others].join(" · ");
}

export function saidSharing(words: Words, rules: Pick<Rules, "share_hours" | "digest_at">): string {
  const digest = rules.digest_at;
  return [
    words.say(rules.share_hours ? "panel_hours_shared" : "panel_hours_private"),
    digest === null ? words.say("panel_digest_none") : words.say("panel_digest_daily", { time: words.clock(minutes(digest)) }),
  ].join(" · ");
}

/** The groups of rules, by a rule of each; all others are of the couriers. */
const GROUPS: Partial<Record<keyof RulesChange, string>> = {
  windows: "page_hours_heading",
  exceptions: "panel_days_off",
  only_while: "panel_conditions",
  never_while: "panel_conditions",
  share_hours: "panel_sharing",
  digest_at: "panel_sharing",
};

/** What a resident does who decides so, as in the keys of its texts. */
export const ACTS: Record<Decision, string> = {
  given: "give_consent",
  opted_out: "opt_out",
  withdrawn: "withdraw_consent",
};

/** What a resident has decided so far, and what a no of theirs ends. */
export type Deciding = Pick<Resident, "unit" | "consent" | "no_closes_home" | "shut">;
type Waiting = Partial<Pick<Resident, "waits_for_confirmation">>;

/** Whether somebody else keeps couriers out of the resident's home. */
export function isKeptOut({ shut, consent }: Pick<Resident, "shut" | "consent">): boolean {
  return shut === "withdrawn" && consent !== "withdrawn";
}

/** Why a resident's home is shut. */
export function saidShut(words: Words, resident: Pick<Resident, "shut" | "consent">): string {
  return words.say(`page_shut_${isKeptOut(resident) ? "kept_out" : resident.shut}`);
}

/** Whether a decision only lifts the resident's own block of the home. */
export function lifts({ consent }: Pick<Resident, "consent">, decision: Decision): boolean {
  return consent === "withdrawn" && decision === "opted_out";
}

/** The expected deliveries to a home that a no ends. */
export function endedBy(
  { unit, no_closes_home: closes }: Deciding,
  refusal: Decision,
  expected: readonly Delivery[],
): Delivery[] {
  return refusal === "withdrawn" || closes ? expected.filter(({ units }) => units?.includes(unit)) : [];
}

function saidDecision(words: Words, resident: Deciding, decision: Decision): string {
  if (lifts(resident, decision)) return words.say("page_said_lift_block");
  const isLastNo = decision === "opted_out" && resident.no_closes_home;
  const said = words.say(isLastNo ? "panel_said_last_no" : `page_said_${ACTS[decision]}`);
  return decision === "given" && isKeptOut(resident) ? `${said} ${saidShut(words, resident)}` : said;
}

/** A consent is no slip of the finger: it is given and taken with its own button, and has no way back beside it. */
export function saidKept(words: Words, change: RulesChange, undo: () => void, resident: Deciding & Waiting): Told {
  const { consent } = change;
  const [part] = Object.keys(change) as (keyof RulesChange)[];
  // Only the digest, which is the resident's own, is in effect before somebody confirms them.
  if (resident.waits_for_confirmation && part !== "digest_at") {
    const text = words.say("page_said_pending");
    return consent === undefined ? { text, undo } : { text };
  }
  if (consent !== undefined) return { text: saidDecision(words, resident, consent) };
  const what = words.say((part && GROUPS[part]) ?? "panel_couriers");
  return { text: words.say("panel_kept", { what }), undo };
}
