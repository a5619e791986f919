/** A delivery's hours as a bar on its day, with a mark for now. The words beside it say the same. */

import { css, html, nothing, type TemplateResult } from "lit";

import type { Words } from "./home";
import type { Delivery } from "./model";
import { DAY, minutes } from "./week";

const LABELED = [6, 12, 18];
const HOUR = 60;

export interface DayPart {
  day: string;
  from: number;
  to: number;
  /** Minutes into the day, if it is today. */
  now: number | undefined;
}

/** The part of a delivery on one day of the building's clock: today once it has begun, else its first. */
export function dayPart(words: Words, { starts_at: start, ends_at: end }: Delivery, now: number): DayPart {
  const [first, last, today] = [start, end, now].map((at) => words.wall(at)) as [Wall, Wall, Wall];
  const day = first.day < today.day && today.day <= last.day ? today.day : first.day;
  return {
    day,
    from: first.day < day ? 0 : minutes(first.time),
    to: last.day > day ? DAY : minutes(last.time),
    now: today.day === day ? minutes(today.time) : undefined,
  };
}
type Wall = ReturnType<Words["wall"]>;

export function dayBar(words: Words, delivery: Delivery): TemplateResult {
  const { from, to, now } = dayPart(words, delivery, Date.now());
  const at = (minute: number) => `${(minute / DAY) * 100}%`;
  return html`
    <div class="day-bar" aria-hidden="true">
      <div class="bar">
        <span class="span" style="inset-inline-start: ${at(from)}; inline-size: ${at(to - from)}"></span>
        ${now === undefined ? nothing : html`<span class="now" style="inset-inline-start: ${at(now)}"></span>`}
      </div>
      ${LABELED.map(
        (hour) => html`<span class="hour" style="inset-inline-start: ${at(hour * HOUR)}">${words.clock(hour * HOUR)}</span>`,
      )}
    </div>
  `;
}

export const dayBarStyles = css`
  .day-bar {
    position: relative;
    block-size: 30px;
    margin-block: 8px 4px;
  }
  .bar {
    position: relative;
    block-size: 10px;
    border-radius: 5px;
    background: color-mix(in srgb, var(--secondary-text-color) 18%, transparent);
  }
  .bar .span {
    position: absolute;
    inset-block: 0;
    min-inline-size: 4px;
    border-radius: 5px;
    background: var(--primary-color);
  }
  .bar .now {
    position: absolute;
    inset-block: -3px;
    inline-size: 2px;
    background: var(--primary-text-color);
  }
  .hour {
    position: absolute;
    inset-block-start: 13px;
    inline-size: 60px;
    margin-inline-start: -30px;
    text-align: center;
    font-size: 0.75rem;
    line-height: 16px;
    color: var(--secondary-text-color);
  }
`;
