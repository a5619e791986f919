/** A week's windows in words. */

import type { Words } from "./home";
import type { Windows } from "./model";
import { alike, joined, presetOf, read, runs, type Span } from "./week";

/** A weekday's short name; 0 is Monday. */
export function weekday(words: Words, day: number): string {
  return words.date(`2024-01-0${day + 1}`, { weekday: "short" });
}

/** A week on one line, such as Mon–Fri 17–21. */
export function saidWeek(words: Words, spans: readonly Span[]): string {
  const preset = presetOf(spans);
  if (preset === "always" || preset === "none") return words.say(`panel_week_${preset}`);
  return alike(spans)
    .map(({ days, windows }) => `${saidDays(words, days)} ${windows.map(({ from, to }) => words.hours(from, to)).join(", ")}`)
    .join(" · ");
}

/** Why the building's own hours refuse. */
export function saidOutside(words: Words, hours: Windows): string {
  const spans = joined(read(hours));
  // They may have refused before they were lifted.
  if (!spans.length) return words.say("notification_reason_outside_building_hours");
  return words.say("panel_rule_building_hours", { hours: saidWeek(words, spans) });
}

function saidDays(words: Words, days: readonly number[]): string {
  if (days.length === 7) return words.say("page_every_day");
  return runs(days)
    .map(([first, last]) => {
      const between = last === first + 1 ? ", " : "–";
      return first === last ? weekday(words, first) : weekday(words, first) + between + weekday(words, last);
    })
    .join(", ");
}
