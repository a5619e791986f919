/** A week's windows in words. */

import type { Words } from "./home";
import { alike, presetOf, runs, type Span } from "./week";

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

function saidDays(words: Words, days: readonly number[]): string {
  if (days.length === 7) return words.say("page_every_day");
  return runs(days)
    .map(([first, last]) => {
      const between = last === first + 1 ? ", " : "–";
      return first === last ? weekday(words, first) : weekday(words, first) + between + weekday(words, last);
    })
    .join(", ");
}
