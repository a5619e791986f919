/** Weeks that are set with one tap, in My rules and on Home. */

import { html, nothing, type TemplateResult } from "lit";

import { alert, chips } from "./controls";
import type { Words } from "./home";
import { PRESETS, type WeekPreset } from "./week";

export function weekPresets(
  words: Words,
  names: readonly WeekPreset[],
  chosen: WeekPreset | undefined,
  choose: (preset: WeekPreset) => void,
): TemplateResult {
  return html`
    ${words.readerIsElsewhere ? alert("warning", words.say("panel_elsewhere", { zone: words.zone })) : nothing}
    ${chips(
      words.say("page_hours_heading"),
      chosen,
      names.map((value) => ({ value, label: presetName(words, value) })),
      choose,
    )}
  `;
}

export function presetName(words: Words, preset: WeekPreset): string {
  const [first] = PRESETS[preset];
  const hours = first && preset !== "always" ? ` ${words.hours(first.from, first.to)}` : "";
  return words.say(`panel_week_${preset}`) + hours;
}
