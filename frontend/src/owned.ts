/** What the panel shows administrators of their building, as keys of texts and as figures. */

import type { Words } from "./home";
import type { Consent, Issue, Owned, OwnedResident, Windows } from "./model";
import { read } from "./week";

const GROUPS: Record<string, string> = {
  unauthenticated: "signature",
  malformed: "form",
  unsupported: "form",
  too_large: "form",
  slow_body: "form",
  id_reused: "form",
  in_flight: "often",
  rate_limited: "often",
  door_busy: "door",
  door_unavailable: "door",
  not_ready: "building",
  ledger_unavailable: "building",
  clock_untrusted: "building",
};

/** The words for why a courier's message was not done: a problem's, by what an administrator can do about it, or a decision's. */
export function whyKey(code: string): string {
  const group = GROUPS[code];
  return group ? `panel_problem_${group}` : `notification_reason_${code}`;
}

export type ConsentKey = Consent | "given_on_paper" | "refused_on_paper";

/** What a resident has said; undefined where the building can't know, since its record is out of reach. */
export function consentKey({ consent, on_paper: onPaper }: OwnedResident): ConsentKey | undefined {
  if (!onPaper) return consent;
  return consent === "given" ? "given_on_paper" : "refused_on_paper";
}

/** A resident as administrators read who it is. */
export function named({ is_one_home: isOneHome }: Owned, words: Words, { name, unit }: OwnedResident): string {
  return isOneHome ? name : words.say("panel_resident_of", { name, unit });
}

/** Whether somebody has to see to it that a resident hears of entries. */
export function isOutOfReach(resident: OwnedResident): boolean {
  return !resident.has_way || Boolean(resident.unreachable_since);
}

/** Whom an issue is about that names nobody, since everybody can read it. */
export function about(owned: Owned, issue: Issue): OwnedResident | undefined {
  return owned.residents.find(({ resident }) => resident === issue.subject);
}

/** Issues that ask an administrator for the couriers' keys like a restore does, although nothing was restored. */
const ASK_FOR_KEYS = ["ledger_altered", "ledger_set_aside", "ledger_missing"];

/** The issue that keeps couriers out, if any. */
export function keptOutBy({ issues, record: { kept_out_by: kind } }: Owned): string | null {
  const asking = issues.find((issue) => ASK_FOR_KEYS.includes(issue.kind));
  return kind === "ledger_restored" && asking ? asking.kind : kind;
}

/** The issues, what keeps couriers out before all else. */
export function inOrder(owned: Owned): Issue[] {
  const keptOut = keptOutBy(owned);
  const isFirst = (issue: Issue) => Number(issue.kind === keptOut);
  return [...owned.issues].sort((one, other) => isFirst(other) - isFirst(one));
}

/** A size in the unit that suits it. */
export function size(bytes: number, language: string): string {
  const [amount, unit] =
    bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1_000)), "kilobyte"] : [bytes / 1_000_000, "megabyte"];
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}

/** Whether two weeks have the same windows, however their times are written. */
export function isSameWeek(one: Windows, other: Windows): boolean {
  return JSON.stringify(read(one)) === JSON.stringify(read(other));
}
