/** The parts of Home Assistant's front end that the panel uses. */

import type { Connection } from "home-assistant-js-websocket";

import { clock } from "./week";

export interface EntityState {
  entity_id: string;
  state: string;
  attributes: { friendly_name?: string };
}

export interface Home {
  connection: Pick<
    Connection,
    "sendMessagePromise" | "subscribeMessage" | "addEventListener" | "removeEventListener"
  >;
  states: Record<string, EntityState | undefined>;
  entities?: Record<string, { platform?: string } | undefined>;
  language: string;
  locale?: { language: string; time_format?: string; first_weekday?: string };
  config: { time_zone: string };
  localize(key: string, values?: Record<string, string | number>): string;
  /** Returns what finds the words, also those that were just loaded. */
  loadBackendTranslation(category: string, integration: string): Promise<Home["localize"]>;
}

export interface Refusal {
  code: string;
  message: string;
  translation_key?: string;
  translation_placeholders?: Record<string, string>;
}

/** The languages of the integration's translations. */
declare const LANGUAGES: readonly string[];

const DOMAIN = "courier_access";
const MIDNIGHT = 1440;
/** A day on which times of day are formatted: only the hours are shown. */
const ANY_DAY = Date.UTC(2024, 0, 1);

function ownLanguage(home: Home): string {
  return home.locale?.language ?? home.language;
}

/** Whether Home Assistant finds words in a language; it looks for no related one, except English. */
function hasWords(language: string): boolean {
  return LANGUAGES.includes(language) || language.startsWith("en-");
}

/** How Home Assistant's own fields write dates and times beside our words. */
export function localeBeside(home: Home): Home["locale"] {
  const { locale } = home;
  return locale && (hasWords(locale.language) ? locale : { ...locale, language: "en" });
}

/** Words of the integration's translations, in the reader's language. */
export class Words {
  readonly #formats = new Map<string, Intl.DateTimeFormat>();
  readonly #elsewhere = new Map<string, Words>();

  /** The zone is that of the wall clock on which times are written. */
  constructor(
    private readonly home: Home,
    readonly zone: string = home.config.time_zone,
  ) {}

  /** The same words, with times on a building's own wall clock. */
  in(zone: string): Words {
    if (zone === this.zone) return this;
    const known = this.#elsewhere.get(zone) ?? new Words(this.home, zone);
    this.#elsewhere.set(zone, known);
    return known;
  }

  say(key: string, values?: Record<string, string | number>): string {
    return this.home.localize(`component.${DOMAIN}.common.${key}`, values) || key;
  }

  /** A text of an issue as it stands in the repairs. */
  issue(kind: string, part: "title" | "description", values: Record<string, string>): string {
    return this.home.localize(`component.${DOMAIN}.issues.${kind}.${part}`, values);
  }

  /** What a refused command says, or that there was no answer. */
  refusal(error: unknown): string {
    const refused = error as Partial<Refusal> | undefined;
    if (refused?.code === "unknown_command") return this.say("panel_no_answer");
    const key = refused?.translation_key;
    const said =
      key &&
      this.home.localize(
        `component.${DOMAIN}.exceptions.${key}.message`,
        refused.translation_placeholders,
      );
    return said || refused?.message || this.say("panel_no_answer");
  }

  /** The language in which all is written: English if there are no words in the reader's. */
  get language(): string {
    const own = ownLanguage(this.home);
    return hasWords(own) ? own : "en";
  }

  /** Whether that is another language than the one around it. */
  get isForeign(): boolean {
    return this.language !== ownLanguage(this.home);
  }

  /** Whether the reader's own clock shows another time than the building's. */
  get readerIsElsewhere(): boolean {
    const now = new Date();
    const clock = (timeZone?: string) =>
      now.toLocaleString("en-GB", { dateStyle: "short", timeStyle: "short", ...(timeZone && { timeZone }) });
    return clock(this.zone) !== clock();
  }

  /** A date and a time of day on the building's clock. */
  wall(instant: string | number = Date.now()): { day: string; time: string } {
    const at = new Date(instant);
    const options = { timeZone: this.zone } as const;
    return {
      day: new Intl.DateTimeFormat("en-CA", options).format(at),
      time: at.toLocaleTimeString("en-GB", { ...options, hour: "2-digit", minute: "2-digit" }),
    };
  }

  get today(): string {
    return this.wall().day;
  }

  time(instant: string): string {
    return this.#format(instant, { hour: this.#hasHalfDays ? "numeric" : "2-digit", minute: "2-digit" });
  }

  /** A day, with its year if that is another one than today's. */
  day(instant: string): string {
    return this.#format(instant, { weekday: "short", day: "numeric", month: "short", ...this.#yearOf(this.wall(instant).day) });
  }

  moment(instant: string): string {
    return `${this.day(instant)}, ${this.time(instant)}`;
  }

  /** From when to when, the day once where it is the same. */
  span(start: string, end: string): string {
    const last = this.day(start) === this.day(end) ? this.time(end) : this.moment(end);
    return `${this.moment(start)} – ${last}`;
  }

  /** A date of the calendar, which belongs to no zone. */
  date(iso: string, options: Intl.DateTimeFormatOptions): string {
    return new Date(`${iso}T12:00:00Z`).toLocaleDateString(this.language, { timeZone: "UTC", ...options });
  }

  /** The date of a day in a list, with its year if that is another one than today's. */
  dayOf(iso: string): string {
    return this.date(iso, { weekday: "short", day: "numeric", month: "short", ...this.#yearOf(iso) });
  }

  /** A time of day in minutes. */
  clock(at: number): string {
    const format = this.#formatOf({ timeZone: "UTC", hour: "numeric", minute: "2-digit" });
    return format.resolvedOptions().hour12 ? format.format(new Date(ANY_DAY + at * 60_000)) : clock(at);
  }

  /** An hour on a scale: 18, or 6 PM. */
  hour(at: number): string {
    return this.#hasHalfDays ? this.#formatOf({ timeZone: "UTC", hour: "numeric" }).format(new Date(ANY_DAY + at * 3_600_000)) : String(at);
  }

  /** Two times of day in minutes, as short as they can be written: 17–21, 5 – 9 PM, or all day. */
  hours(from: number, to: number): string {
    if (from === 0 && to === MIDNIGHT) return this.say("notification_all_day");
    const isWhole = from % 60 === 0 && to % 60 === 0;
    if (!this.#formatOf({ hour: "numeric" }).resolvedOptions().hour12)
      return [from, to].map((at) => (isWhole ? String(at / 60) : clock(at))).join("–");
    const format = this.#formatOf({ timeZone: "UTC", hour: "numeric", ...(!isWhole && { minute: "2-digit" }) });
    const [start, end] = [from, to].map((at) => new Date(ANY_DAY + at * 60_000)) as [Date, Date];
    // The end of the day is another date, which a range would name.
    if (to === MIDNIGHT) return `${format.format(start)} – ${format.format(end)}`;
    return format.formatRange(start, end).replaceAll(/\s/g, " ");
  }

  /** Whether the reader's times have AM and PM, as Home Assistant decides it. */
  get #hasHalfDays(): boolean {
    const chosen = this.home.locale?.time_format;
    if (chosen === "12" || chosen === "24") return chosen === "12";
    const by = chosen === "system" ? undefined : this.language;
    return new Intl.DateTimeFormat(by, { hour: "numeric" }).resolvedOptions().hour12 === true;
  }

  #yearOf(iso: string): { year?: "numeric" } {
    return iso.slice(0, 4) === this.today.slice(0, 4) ? {} : { year: "numeric" };
  }

  #format(instant: string, options: Intl.DateTimeFormatOptions): string {
    return this.#formatOf(options).format(new Date(instant));
  }

  #formatOf(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify(options);
    let format = this.#formats.get(key);
    if (!format) {
      format = new Intl.DateTimeFormat(this.language, {
        timeZone: this.zone,
        ...options,
        ...(options.hour && { hourCycle: this.#hasHalfDays ? "h12" : "h23" }),
      });
      this.#formats.set(key, format);
    }
    return format;
  }
}
