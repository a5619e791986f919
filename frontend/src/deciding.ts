/** The rule that decides what a courier is answered, in words. */

import type { Home, Words } from "./home";
import type { Checked, Delivery, Finding, Windows } from "./model";
import { saidOutside } from "./said-week";

/** The rules that make a decision's reason; any other reason is a resident's. */
const OF_REASON: Record<string, readonly string[]> = {
  courier_disabled: ["courier_disabled"],
  door_not_allowed: ["door_not_allowed"],
  paused: ["building_paused", "unit_paused"],
  outside_building_hours: ["building_hours"],
};
/** One resident's rules refuse only if no other resident admits. */
const BINDING = ["problem", "nobody_consents", "withdrawn", "denied"];

/** Rules whose words stand elsewhere, too. */
const SAID: Record<string, string> = {
  problem: "page_shut_problem",
  courier_disabled: "notification_reason_courier_disabled",
  door_not_allowed: "notification_reason_door_not_allowed",
  building_paused: "page_shut_building_paused",
  unit_paused: "page_shut_unit_paused",
  nobody_consents: "page_shut_not_given",
};

/** The words for those who live in the home that would refuse a delivery. */
const REFUSED: Record<string, string> = {
  ...SAID,
  withdrawn: "page_shut_withdrawn",
  denied: "notification_your_denied",
  building_hours: "page_shut_outside_building_hours",
  outside_hours: "page_shut_outside_hours",
  entity: "page_shut_otherwise",
};

/** What would refuse a delivery as things stand. */
export function saidRefused(words: Words, { layer, until }: NonNullable<Delivery["refused"]>): string {
  const why = until
    ? words.say(`page_${layer}`, { until: words.moment(until) })
    : words.say(REFUSED[layer] ?? "page_shut_otherwise");
  return `${words.say("page_refused_now")} ${why}`;
}

export type Answer = "yes" | "ask" | "no";

export function answerOf({ admitted, reason }: Checked): Answer {
  if (admitted) return "yes";
  return reason === "no_answer" ? "ask" : "no";
}

/** The finding that decides, unless the reader may not know it. */
export function decisive(check: Checked): Finding | undefined {
  const layers = OF_REASON[check.reason];
  const found = check.because.filter(({ says, layer }) => says === answerOf(check) && (layers?.includes(layer) ?? true));
  return (
    found.find(({ layer }) => BINDING.includes(layer)) ?? found.find(({ layer }) => layer !== "not_consenting") ?? found[0]
  );
}

export function saidRule(words: Words, states: Home["states"], check: Checked, hours: Windows): string {
  const found = decisive(check);
  const answer = answerOf(check);
  if (!found) {
    if (answer === "ask") return ""; // the answer says so
    const isResidents = answer === "yes" || check.reason === "not_accepting";
    return words.say(isResidents ? `panel_rule_${answer}` : `notification_reason_${check.reason}`);
  }
  const { layer, resident = "", entity = "" } = found;
  if (layer === "building_hours") return saidOutside(words, hours);
  const said = SAID[layer];
  if (said) return words.say(said);
  return words.say(`panel_rule_${layer}`, { resident, entity: states[entity]?.attributes.friendly_name ?? entity });
}
