/** Automatic announcements in words: whether a source works, and what becomes of the parcels that the sources list now. */

import { html, nothing, type TemplateResult } from "lit";

import type { Words } from "./home";
import type { Checks, OrderSource, Prospect, SourceReport } from "./model";
import { shortly } from "./soon";

/** Fates for which the courier matters: its rules decide, and the question at the door names it. */
const WITH_COURIER: readonly string[] = ["announced", "not_today", "not_accepted"];

/** Whether a source works, and since when. */
export function saidReport(words: Words, report: SourceReport): string {
  const { silent_since: silent, changed_at: changed, left_out: leftOut } = report;
  const parts: string[] = [];
  const time = (at: string) => shortly(words, at, Date.now());
  if (silent !== null) parts.push(words.say("panel_orders_silent", { time: time(silent) }));
  else if (changed !== null) parts.push(words.say("panel_orders_works", { time: time(changed) }));
  if (leftOut > 0) parts.push(words.say("panel_orders_left_out", { count: leftOut }));
  return parts.join(" · ");
}

/** Why a source isn't there, and what to do; undefined if it is. */
export function saidMissing(words: Words, { missing, name }: OrderSource): string | undefined {
  if (missing === "disabled") return words.say("panel_orders_disabled", { name: name ?? "" });
  return missing === "removed" ? words.say("panel_orders_removed") : undefined;
}

/** What becomes of the parcels that are listed now, and which sources say nothing. */
export function parcelsNow(words: Words, { parcels = [], silent_sources: silent = [] }: Checks): TemplateResult {
  const none = parcels === null ? "panel_check_parcels_unknown" : "panel_check_parcels_none";
  return html`
    <h3>${words.say("panel_check_parcels")}</h3>
    ${parcels === null || !(parcels.length || silent.length) ? html`<p>${words.say(none)}</p>` : nothing}
    <ul data-parcels>
      ${alike(words, parcels ?? []).map(
        ({ name, says }) => html`<li><strong>${name}</strong> <br />${says}</li>`,
      )}
      ${silent.map((source) => html`<li>${saidMissing(words, source) ?? saidSilent(words, source)}</li>`)}
    </ul>
  `;
}

function saidSilent(words: Words, { name, silent_since: since }: OrderSource): string {
  return words.say("panel_check_silent", { name: name ?? "", time: since === null ? "" : words.moment(since) });
}

/** Parcels of one announcement with the same fate, together: a list names them for days. */
function alike(words: Words, parcels: readonly Prospect[]): { name: string; says: string }[] {
  const groups = new Map<string, Prospect[]>();
  for (const parcel of parcels) {
    const key = [parcel.order, parcel.courier, parcel.parcel === null, said(words, parcel)].join();
    groups.set(key, [...(groups.get(key) ?? []), parcel]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const numbers = group.map(({ parcel }) => parcel ?? words.say("panel_check_counted"));
    return { name: `${first.courier ?? "–"}: ${numbers.join(", ")}`, says: said(words, first) };
  });
}

/** The fate of a parcel, with the reason and what to do. */
function said(words: Words, parcel: Prospect): string {
  const { becomes, starts_at: start, ends_at: end } = parcel;
  const fate = words.say(`panel_becomes_${becomes}`, {
    span: start && end ? words.span(start, end) : "",
    count: parcel.most_per_day,
    let_in: words.say("notification_action_let_in"),
    rules: words.say("panel_view_hours"),
    deliveries: words.say("panel_view_deliveries"),
  });
  const asks = parcel.always_asks && becomes === "announced" ? ` ${words.say("panel_becomes_asks")}` : "";
  const { unregistered_carrier: carrier, courier } = parcel;
  const standsIn = carrier !== null && courier !== null && WITH_COURIER.includes(becomes);
  return fate + asks + (standsIn ? ` ${words.say("panel_becomes_stands_in", { carrier, courier })}` : "");
}
