/** A list that grows page by page at its end, and anew at its beginning: pages that stay as they are stay the same. */

import { MS_OF_DAY } from "./days";
import type { Words } from "./home";
import type { Entry } from "./model";

export interface Row {
  /** The number of its record: the newer, the higher. */
  record: number;
}

/** Put the newest page before what is there already; what it holds, too, is taken from there. */
export function renewed<T extends Row>(pages: readonly T[][], newest: T[], hasMore: boolean): T[][] {
  const oldest = newest.at(-1)?.record ?? 0;
  const latest = pages[0]?.[0]?.record ?? 0;
  // Others may be in between, which are read as the list goes on.
  if (hasMore && latest < oldest) return [newest];
  // Whatever is not older than the newest page is in it, or is gone.
  const older = pages
    .map((page) => (page.every(({ record }) => record < oldest) ? page : page.filter(({ record }) => record < oldest)))
    .filter((page) => page.length > 0);
  return newest.length > 0 ? [newest, ...older] : [];
}

/** Go on with a page of what is older than `before`. */
export function continued<T extends Row>(pages: readonly T[][], before: number, page: T[]): T[][] {
  const older = page.filter(({ record }) => record < before);
  return older.length > 0 ? [...pages, older] : [...pages];
}

/** The last visit to each door, of entries from the newest on: nobody came in by a refusal. */
export function lastVisits(entries: readonly Entry[]): Map<string, Entry> {
  const visits = new Map<string, Entry>();
  for (const entry of entries)
    if (entry.decision !== "refused" && !visits.has(entry.door)) visits.set(entry.door, entry);
  return visits;
}

/** Name the words that say what became of an entry; nobody knows the door of a delivery that nobody announced. */
export function happened(entry: Entry): string {
  if (entry.decision === "refused") return entry.door ? "refused" : "refused_nowhere";
  if (entry.decision === "observed") return "observed";
  return entry.outcome === null ? "admitted" : `admitted_${entry.outcome}`;
}

/** What a line of the list shows at a glance; of an observed entry nobody here knows more. */
export type Result = "admitted" | "refused" | "unknown";

export function resultOf({ decision, outcome }: Entry): Result {
  if (decision === "refused") return "refused";
  return decision === "admitted" && (outcome === null || outcome === "opened") ? "admitted" : "unknown";
}

/** A page's entries day by day, both from the newest on. */
export function byDay<T>(page: readonly T[], dayOf: (entry: T) => string): [string, T[]][] {
  const days: [string, T[]][] = [];
  for (const entry of page) {
    const day = dayOf(entry);
    const last = days.at(-1);
    if (last?.[0] === day) last[1].push(entry);
    else days.push([day, [entry]]);
  }
  return days;
}

/** A date as a heading: today, yesterday, or its weekday and date. */
export function dayNamed(words: Words, day: string, today: string): string {
  const ago = Math.round((Date.parse(today) - Date.parse(day)) / MS_OF_DAY);
  if (ago !== 0 && ago !== 1) return words.dayOf(day);
  return capital(new Intl.RelativeTimeFormat(words.language, { numeric: "auto" }).format(-ago, "day"), words.language);
}

/** A word as a heading or a label begins. */
export function capital(word: string, language: string): string {
  const [first = "", ...others] = word;
  return first.toLocaleUpperCase(language) + others.join("");
}
