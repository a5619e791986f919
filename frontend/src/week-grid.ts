/** A week to draw on: a row a day, time from side to side, so that a finger still scrolls the page up and down. */

import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { alert, button, dialog, iconButton, time, toggle } from "./controls";
import { WEEKDAYS } from "./model";
import { weekday } from "./said-week";
import { View } from "./view";
import {
  clock,
  copied,
  DAY,
  drawn,
  holding,
  leftOut,
  minutes,
  moved,
  places,
  replaced,
  resized,
  room,
  STEP,
  type Place,
  type Span,
} from "./week";

const EDGE_PIXELS = 10;
const MOVES_AFTER_PIXELS = 5;
const TAPPED_MINUTES = 60;
/** How much of the day a label takes on a narrow phone: for its margin, and for each character. */
const LABEL_MINUTES = 60;
const CHARACTER_MINUTES = 44;
/** What a day has once it is no whole day anymore. */
const DAYTIME = { from: "08:00", to: "18:00" };
const WORKDAYS = [0, 1, 2, 3, 4];
const EVERY_DAY = [...WORKDAYS, 5, 6];

type Grip = "draw" | "move" | "from" | "to";

interface Drag {
  grip: Grip;
  pointer: number;
  began: { x: number; at: number };
  span: Span | undefined;
  row: number;
  moves: boolean;
}

/** A window's exact times as they are entered, and the days that get what its day has. */
interface Edited {
  span: Span;
  isWhole: boolean;
  from: string;
  to: string;
  onto: readonly number[];
}

@customElement("courier-access-week")
export class WeekGrid extends View {
  static override styles = [
    View.styles,
    css`
      .day,
      .scale {
        display: grid;
        grid-template-columns: 2.6em 1fr 44px;
        gap: 6px;
        align-items: center;
      }
      .day {
        margin-block: 4px;
      }
      .name {
        font-size: 0.9rem;
      }
      .place {
        position: relative;
      }
      .track {
        position: relative;
        height: 44px;
        border: 1px solid var(--secondary-text-color);
        border-radius: 6px;
        overflow: hidden;
        touch-action: pan-y;
        cursor: crosshair;
        background-image: linear-gradient(
          to right,
          var(--divider-color) 1px,
          transparent 1px
        );
        background-size: 12.5% 100%;
      }
      .outside {
        position: absolute;
        inset-block: 0;
        background: repeating-linear-gradient(
          135deg,
          color-mix(in srgb, var(--primary-text-color) 28%, transparent) 0 2px,
          color-mix(in srgb, var(--primary-text-color) 8%, transparent) 2px 8px
        );
        pointer-events: none;
      }
      .window {
        position: absolute;
        inset-block: 3px;
        min-height: 0;
        min-width: 6px;
        padding: 0;
        border: 0;
        border-radius: 5px;
        background: color-mix(in srgb, var(--primary-color) 28%, transparent);
        border: 2px solid var(--primary-color);
        border-inline-width: 5px;
        touch-action: none;
        cursor: grab;
      }
      .window.chosen {
        outline: 3px solid var(--primary-text-color);
        outline-offset: -3px;
      }
      .label {
        position: absolute;
        inset-block: 0;
        display: flex;
        align-items: center;
        justify-content: center;
        box-sizing: border-box;
        padding-inline: 5px;
        font-size: 0.75rem;
        white-space: nowrap;
        pointer-events: none;
      }
      .bubble {
        position: absolute;
        inset-block-end: calc(100% + 6px);
        translate: -50%;
        padding: 6px 10px;
        border-radius: 8px;
        background: var(--primary-text-color);
        color: var(--primary-background-color);
        white-space: nowrap;
        pointer-events: none;
        z-index: 2;
      }
      .bubble:dir(rtl) {
        translate: 50%;
      }
      ha-icon-button,
      .only-icon {
        --ha-icon-button-size: 44px;
        width: 44px;
        height: 44px;
      }
      /* A font size of its own would give the row other columns than the days have: they are in em. */
      .hours {
        position: relative;
        margin-inline: 1px; /* A track's border. */
        height: 1.45rem;
        grid-column: 2;
      }
      .hours span {
        position: absolute;
        width: 4em;
        margin-inline-start: -2em;
        font-size: 0.75rem;
        text-align: center;
      }
    `,
  ];

  @property({ attribute: false }) spans: readonly Span[] = [];
  /** Outside these, nothing counts; everything does if there are none. */
  @property({ attribute: false }) within: readonly Span[] = [];

  /** The windows while they are dragged, before they are let go. */
  @state() private shown: readonly Span[] | undefined;
  /** The one of them that is dragged. */
  @state() private held: Span | undefined;
  @state() private chosen: { day: number; from: number } | undefined;
  @state() private edited: Edited | undefined;
  #drag: Drag | undefined;

  override render(): TemplateResult {
    const spans = this.shown ?? this.spans;
    return html`
      <p class="soft">${this.say("week_how")}</p>
      <p class="quiet" id="keys">${this.say("week_keys")}</p>
      <div class="scale" aria-hidden="true">
        <div class="hours">
          ${[0, 6, 12, 18, 24].map(
            (hour) => html`<span style=${at(hour * 60)}>${this.words.hour(hour)}</span>`,
          )}
        </div>
      </div>
      ${WEEKDAYS.map((name, day) => this.#day(name, day, spans))}
      ${this.edited ? this.#editor(this.edited) : nothing}
    `;
  }

  #day(name: string, day: number, spans: readonly Span[]): TemplateResult {
    const label = this.words.say(`page_${name}`);
    const own = spans.filter((span) => span.day === day);
    const said = own.map(({ from, to }) => this.words.hours(from, to));
    const at = places(own, said.map((hours) => LABEL_MINUTES + CHARACTER_MINUTES * hours.length));
    return html`
      <div class="day" role="group" aria-label=${label}>
        <span class="name" title=${label}>${weekday(this.words, day)}</span>
        <div class="place">
          <div
            class="track"
            data-day=${day}
            @pointerdown=${(event: PointerEvent) => this.#begin(event, day)}
            @pointermove=${(event: PointerEvent) => this.#follow(event)}
            @pointerup=${(event: PointerEvent) => this.#end(event)}
            @pointercancel=${() => this.#leave()}
          >
            ${leftOut(this.within, day).map(
              ({ from, to }) =>
                html`<div class="outside" style=${between(from, to)}></div>`,
            )}
            ${own.map((span) => this.#window(span, label))}
            ${own.map((span, number) => this.#label(span, at[number], said[number]))}
          </div>
          ${this.held?.day === day ? this.#bubble(this.held) : nothing}
        </div>
        ${iconButton("add", this.say("week_add", { day: label }), () => this.#add(day))}
      </div>
    `;
  }

  /** A label for the eye: a window's name says the same. */
  #label({ from, to }: Span, place: Place | undefined, said: string | undefined): TemplateResult | typeof nothing {
    if (place === undefined || place === "nowhere") return nothing;
    const style = { in: between(from, to), before: `inset-inline-end: ${part(DAY - from)}`, after: at(to) }[place];
    return html`<span class="label" aria-hidden="true" style=${style}>${said}</span>`;
  }

  /** What is being drawn, above the finger that hides it. */
  #bubble({ from, to }: Span): TemplateResult {
    const middle = Math.min(DAY * 0.85, Math.max(DAY * 0.15, (from + to) / 2));
    return html`<span class="bubble" aria-hidden="true" style=${at(middle)}
      >${this.words.hours(from, to)}</span
    >`;
  }

  #window(span: Span, day: string): TemplateResult {
    const isChosen = this.chosen?.day === span.day && this.chosen.from === span.from;
    const isWhole = span.from === 0 && span.to === DAY;
    return html`
      <button
        class="window ${isChosen ? "chosen" : ""}"
        data-from=${clock(span.from)}
        data-to=${clock(span.to)}
        aria-haspopup="dialog"
        aria-describedby="keys"
        aria-label=${isWhole
          ? this.words.say("page_hours_line", { days: day, hours: this.say("all_day") })
          : this.say("week_window", { day, from: this.words.clock(span.from), to: this.words.clock(span.to) })}
        style=${between(span.from, span.to)}
        @click=${() => this.#edit(span)}
        @keydown=${(event: KeyboardEvent) => this.#key(event, span)}
      ></button>
    `;
  }

  #edit(span: Span): void {
    const isWhole = span.from === 0 && span.to === DAY;
    const times = isWhole ? DAYTIME : { from: clock(span.from), to: clock(span.to % DAY) };
    this.chosen = { day: span.day, from: span.from };
    this.edited = { span, isWhole, ...times, onto: [] };
  }

  #editor(edited: Edited): TemplateResult {
    const { span, isWhole, from, to } = edited;
    const put = (part: Partial<Edited>) => (this.edited = { ...edited, ...part });
    const next = entered(edited);
    return dialog(
      this.words.say(`page_${WEEKDAYS[span.day] ?? "monday"}`),
      html`
        ${toggle(this.say("all_day"), isWhole, (whole) => put({ isWhole: whole }))}
        ${isWhole
          ? nothing
          : html`<div class="row">
              ${time(this.home, this.say("from"), from, (value) => put({ from: value }), { required: true })}
              ${time(this.home, this.say("to"), to, (value) => put({ to: value }), { required: true })}
            </div>`}
        ${from && to && !next ? alert("error", this.say("ends_early")) : nothing} ${this.#copies(edited, put)}
      `,
      {
        main: button(this.say("save"), () => next && this.#keep(edited, next), { kind: "main", disabled: !next }),
        other: button(this.say("delete"), () => this.#keep(edited, undefined), { kind: "stop" }),
      },
      () => (this.edited = undefined),
    );
  }

  /** Choose the days that get what this one has: all, those of work, or single ones. */
  #copies({ span, onto }: Edited, put: (part: Partial<Edited>) => void): TemplateResult {
    const chip = (label: string, days: readonly number[]) => {
      const others = days.filter((day) => day !== span.day);
      const isOn = others.every((day) => onto.includes(day));
      const rest = onto.filter((day) => !others.includes(day));
      return html`<button aria-pressed=${isOn} @click=${() => put({ onto: isOn ? rest : [...rest, ...others] })}>
        ${label}
      </button>`;
    };
    return html`
      <h3 id="copy">${this.say("copy")}</h3>
      <div class="chips" role="group" aria-labelledby="copy">
        ${chip(this.words.say("page_every_day"), EVERY_DAY)} ${chip(this.say("workdays"), WORKDAYS)}
        ${EVERY_DAY.filter((day) => day !== span.day).map((day) => chip(weekday(this.words, day), [day]))}
      </div>
    `;
  }

  #keep({ span, onto }: Edited, next: Span | undefined): void {
    const old = holding(this.spans, span.day, span.from);
    this.edited = undefined;
    if (!next) this.#change(old, undefined);
    else this.#emit(copied(this.#choose(old, next), span.day, onto));
    this.#focusOn(span.day);
  }

  #add(day: number): void {
    const span = room(this.spans, day);
    if (span) this.#change(undefined, span);
    this.#focusOn(day);
  }

  #key(event: KeyboardEvent, span: Span): void {
    const forward = getComputedStyle(this).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const by = { [forward]: STEP, [backward]: -STEP }[event.key];
    let next: Span | undefined = span;
    if (by !== undefined)
      next = event.shiftKey
        ? resized(span, "to", span.to + by)
        : moved(span, span.day, span.from + by);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp")
      next = moved(span, span.day + (event.key === "ArrowDown" ? 1 : -1), span.from);
    else if (event.key === "Delete" || event.key === "Backspace") next = undefined;
    else return;
    event.preventDefault();
    this.#change(span, next);
    this.#focusOn(next?.day ?? span.day);
  }

  /** Keep the keyboard where it was: at the chosen window, or where its day gets another one. */
  #focusOn(day: number): void {
    void this.updateComplete.then(() => {
      const row = this.renderRoot.querySelectorAll(".day")[day];
      row?.querySelector<HTMLElement>('.window.chosen, ha-icon-button, .only-icon')?.focus();
    });
  }

  #begin(event: PointerEvent, day: number): void {
    if (event.button !== 0 || this.#drag) return;
    const target = event.target as HTMLElement;
    const track = event.currentTarget as HTMLElement;
    const at = this.#minuteOf(event, track);
    const span = target.classList.contains("window") ? holding(this.spans, day, this.#inside(at)) : undefined;
    this.#drag = {
      grip: span ? this.#grip(event, target) : "draw",
      pointer: event.pointerId,
      began: { x: event.clientX, at },
      span,
      row: day,
      moves: false,
    };
    track.setPointerCapture(event.pointerId);
  }

  #follow(event: PointerEvent): void {
    const drag = this.#drag;
    if (drag?.pointer !== event.pointerId) return;
    drag.moves ||= Math.abs(event.clientX - drag.began.x) > MOVES_AFTER_PIXELS || this.#rowOf(event) !== drag.row;
    if (!drag.moves) return;
    this.held = this.#dragged(drag, event);
    this.shown = replaced(this.spans, drag.span, this.held);
  }

  #end(event: PointerEvent): void {
    const drag = this.#drag;
    if (drag?.pointer !== event.pointerId) return;
    this.#leave();
    if (drag.moves) this.#change(drag.span, this.#dragged(drag, event));
    else if (drag.span) this.#edit(drag.span);
    else this.#change(undefined, drawn(drag.row, drag.began.at, drag.began.at + TAPPED_MINUTES));
  }

  #leave(): void {
    this.#drag = undefined;
    this.shown = this.held = undefined;
  }

  #dragged(drag: Drag, event: PointerEvent): Span {
    const at = this.#minuteOf(event, event.currentTarget as HTMLElement);
    const { span } = drag;
    if (!span) return drawn(drag.row, drag.began.at, at);
    if (drag.grip === "move") return moved(span, this.#rowOf(event) ?? drag.row, span.from + at - drag.began.at);
    return resized(span, drag.grip === "from" ? "from" : "to", at);
  }

  #grip(event: PointerEvent, window: HTMLElement): Grip {
    const { left, right, width } = window.getBoundingClientRect();
    if (width < 3 * EDGE_PIXELS) return "move";
    const [before, after] = this.#isRightToLeft ? (["to", "from"] as const) : (["from", "to"] as const);
    if (event.clientX - left < EDGE_PIXELS) return before;
    return right - event.clientX < EDGE_PIXELS ? after : "move";
  }

  get #isRightToLeft(): boolean {
    return getComputedStyle(this).direction === "rtl";
  }

  #minuteOf(event: PointerEvent, track: HTMLElement): number {
    const { left, right, width } = track.getBoundingClientRect();
    const along = this.#isRightToLeft ? right - event.clientX : event.clientX - left;
    return Math.min(DAY, Math.max(0, (along / width) * DAY));
  }

  #inside(at: number): number {
    return Math.min(DAY - 1, Math.floor(at));
  }

  #rowOf(event: PointerEvent): number | undefined {
    const tracks = [...this.renderRoot.querySelectorAll<HTMLElement>(".track")];
    const row = tracks.findIndex((track) => {
      const { top, bottom } = track.getBoundingClientRect();
      return top <= event.clientY && event.clientY <= bottom;
    });
    return row < 0 ? this.#drag?.row : row;
  }

  #change(old: Span | undefined, by: Span | undefined): void {
    this.#emit(this.#choose(old, by));
  }

  /** With another window in place of one, which is chosen. */
  #choose(old: Span | undefined, by: Span | undefined): Span[] {
    const spans = replaced(this.spans, old, by);
    const there = by && holding(spans, by.day, by.from);
    this.chosen = there && { day: there.day, from: there.from };
    return spans;
  }

  #emit(spans: Span[]): void {
    this.spans = spans;
    this.raise("ca-week", spans);
  }
}

/** The window that was entered, if it is one. */
function entered({ span: { day }, isWhole, from, to }: Edited): Span | undefined {
  if (isWhole) return { day, from: 0, to: DAY };
  if (!from || !to) return undefined;
  // Midnight at the end of a day reads 00:00 in a field for a time.
  const span = { day, from: minutes(from), to: minutes(to) || DAY };
  return span.from < span.to ? span : undefined;
}

/** A part of the day as a part of its track. */
function part(minutes: number): string {
  return `${(minutes / DAY) * 100}%`;
}

/** The style of what begins at a time. */
function at(from: number): string {
  return `inset-inline-start: ${part(from)}`;
}

/** The style of what lasts from one time to another. */
function between(from: number, to: number): string {
  return `${at(from)}; width: ${part(to - from)}`;
}
