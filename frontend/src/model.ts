/** What the integration's WebSocket commands tell (docs/reference/websocket-api.md). */

export type Attitude = "allow" | "ask" | "deny";
/** What lets in without asking, strongest first; a ring always asks. */
export const PROOFS = ["signed", "pass", "address_code", "parcel_number"] as const;
export type Proof = (typeof PROOFS)[number];
/** Opting out ends a resident's own yes, and withdrawing keeps couriers out of the home. */
export type Consent = "given" | "opted_out" | "withdrawn" | "not_given";
export type Decision = Exclude<Consent, "not_given">;

export const WEEKDAYS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface TimeRange {
  from: string;
  to: string;
}
export type Windows = Partial<Record<Weekday, TimeRange[]>>;

export interface HoursException {
  from: string;
  to?: string;
  windows?: TimeRange[];
}

export interface Rules {
  unit: string;
  revision: number;
  consent: Consent;
  windows: Windows;
  exceptions: HoursException[];
  default: Attitude;
  couriers: Record<string, Attitude>;
  /** Couriers that were removed and are still denied; allowing one lifts that. */
  removed_couriers: Pick<Courier, "courier" | "name">[];
  /** The weakest proof that is let in without asking, for every courier and for single ones. */
  default_proof: Proof;
  proofs: Record<string, Proof>;
  only_while: string[];
  never_while: string[];
  share_hours: boolean;
  digest_at: string | null;
}

/** When a resident's hours open for once; a time without an offset is on the building's clock. */
export interface Opening {
  starts_at: string;
  ends_at: string;
}

/** What a change of rules may name; what it leaves out stays. */
export type RulesChange = Partial<Omit<Rules, "unit" | "revision" | "consent" | "removed_couriers">> & {
  consent?: Decision;
  /** What couriers that come later start as, with no change for those of today. */
  new_couriers?: Attitude;
  open_once?: Opening;
  /** The text that was read before a yes. */
  text?: Pick<ConsentText, "hash" | "language">;
};

/** What a resident reads before a yes, and what they agreed to: a text, the number of an earlier one, or a paper. */
export interface ConsentText {
  hash: string;
  language: string;
  lines: string[];
  agreed: { at: string; number: number | null; language: string | null; lines: string[] | null } | null;
}

export interface Door {
  door: string;
  name: string;
  lock: string | null;
  /** Whether no codes are taken there, after too many wrong ones. */
  codes_off: boolean;
  /** The rings that the reader wasn't asked about, since too many before went unanswered. */
  unasked_rings: { rang_at: string; asks_again_at: string | null }[];
}

export interface Courier {
  courier: string;
  name: string;
  enabled: boolean;
  doors: string[];
  longest_grant_hours: number;
  /** Whether it has a key, and thus a back end that sends messages of its own. */
  has_key: boolean;
}

export interface Resident {
  resident: string;
  name: string;
  unit: string;
  is_me: boolean;
  waits_for_confirmation: boolean;
  consent: Consent;
  /** Whether the consent is older than the texts that are kept, and the reader hasn't seen the new one. */
  has_new_text: boolean;
  /** When a change of the access log was found that ended the consent. */
  altered_at: string | null;
  /** Whether a no of this resident leaves the home without consent. */
  no_closes_home: boolean;
  /** Whether a resident who consents for the unit has hours. */
  has_hours: boolean;
  accepting: boolean;
  shut: string | null;
  /** Whether the home is asked before any pass opens the door now. */
  asks: boolean;
  next_change: string | null;
  unit_paused_until: string | null;
  has_address_code: boolean;
  /** What drivers read once the home let them in; null for those who don't live there. */
  note: string | null;
  /** After how many days details of visits to the home are erased, and what the reader chose; null for others. */
  erasure: { days: number; chosen: number | null } | null;
  /** What goes to the fleet of visits; null if none do, and for others. */
  fleet_visits: FleetVisits | null;
}

/** For how long the fleet keeps visits, and what that waits for; nothing is sent without `kept_days`. */
export interface SentVisits {
  days: number;
  kept_days: number | null;
  begins_at: string | null;
  waits_for: "notifications" | "days" | "clock" | "household" | null;
  not_notified: number;
}

/** Which visits go to the fleet, and whether those to the reader's home are left out. */
export interface FleetVisits {
  fleet: string;
  keep_days: number;
  /** For how many days they are kept from `begins_at` on, if that becomes longer. */
  longer_days: number | null;
  /** When visits, or the longer time, begin; null until every resident was notified. */
  begins_at: string | null;
  has_begun: boolean;
  /** Whether one household lives here, which must say yes first. */
  asks: boolean;
  home_objects: boolean;
  /** What the reader chose. */
  objects: boolean | null;
}

/** An expected delivery; what only its recipients are told is missing for others. */
export interface Delivery {
  courier: string;
  door: string;
  starts_at: string;
  ends_at: string;
  courier_id?: string;
  grant_id?: string;
  units?: string[];
  parcel_ref?: string | null;
  driver_ref?: string | null;
  max_entries?: number;
  entries_left?: number;
  door_id?: string;
  /** Whether the reader announced it. */
  is_mine?: boolean;
  /** The unused ones. */
  passes?: { pass: string; made_at: string }[];
  /** What would refuse it for the reader's home as things stand, and until when, if that is known. */
  refused?: { layer: string; until: string | null };
  /** When it can open the door as things stand. */
  opens?: { from: string; until: string }[];
  /** Whether its pass asks the reader's home before the door opens. */
  asks?: boolean;
}

/** What a delivery is expected with; times are on the building's clock. */
export interface Parcel {
  door: string;
  starts_at: string;
  ends_at: string;
  parcel_ref: string;
}

/** What the residents' rules say to a parcel. */
export interface Decided {
  courier_id: string;
  grant_id: string;
  decision: "accepted" | "refused";
  reason: string;
}

/** A pass with its codes, which nothing tells a second time. */
export interface MadePass {
  /** Whether the door has a page that drivers can't open. */
  page_unreachable?: boolean;
  pass: string;
  pin: string;
  short_code: string;
  link: string | null;
  qr: { side: number; path: string } | null;
  /** What to send to the driver, in the language of the place; empty if the pass opens the door at no time. */
  for_driver: string;
  /** Whether the delivery had an unused pass, which has ended. */
  ends_earlier: boolean;
  /** The door's page, for an administrator until the first visit. What is sent to a driver doesn't contain it. */
  trial: string | null;
  starts_at: string;
  ends_at: string;
}

/** An automatic announcement. Its resident and sources are missing for an administrator, who may only end it. */
export interface Order {
  order: string;
  courier_id: string;
  courier: string | null;
  is_paused: boolean;
  resident?: string;
  door?: string | null;
  sources?: OrderSource[];
  most_per_day?: number;
  revision?: number;
}

/** Whether a source works. */
export interface SourceReport {
  changed_at: string | null;
  is_silent: boolean;
  silent_since: string | null;
  /** How many of its parcels aren't read. */
  left_out: number;
}

/** A source of an order, with what it says now; one that was removed has no name. */
export interface OrderSource extends SourceReport {
  sensor: string | null;
  name: string | null;
  missing: "disabled" | "removed" | null;
  last_parcel: string | null;
}

/** A new order, or what changes in one. */
export interface OrderChange {
  order?: string;
  sensors?: string[];
  courier?: string;
  door?: string;
  most_per_day?: number;
  paused?: boolean;
}

/** What residents should know of a source before they choose it. */
export const NOTES = ["strangers", "only_planned"] as const;

export interface OfferedSource extends SourceReport {
  sensor: string;
  name: string;
  notes: (typeof NOTES)[number][];
}

export interface OrderSources {
  sensors: OfferedSource[];
}

/** Somebody at a door whom the reader can let in. */
export interface Question {
  question: string;
  /** The first of `couriers`, by its name. */
  courier: string;
  /** Whom it may be; a ring doesn't say. */
  couriers: readonly Pick<Courier, "courier" | "name">[];
  door: string;
  proof: Proof | "ring";
  until: string;
  /** Whether a yes counts: it needs consent. */
  may_admit: boolean;
  /** Whether the driver still waits, may come back to the same page, or is gone. */
  waits: "now" | "may_return" | "nobody";
}

export interface PendingResident {
  resident: string;
  name: string;
  unit: string;
}

/** A building by its name, whatever else is known of it. */
export interface Named {
  building: string;
  name: string;
}

/** A building whose access log can't be used, as administrators see it. */
export interface WithoutLedger extends Named {
  time_zone: string;
  fault: string;
}

export interface Building extends Named {
  time_zone: string;
  is_owner: boolean;
  /** Whether only one household lives here, which needs no unit and one pause. */
  is_one_home: boolean;
  doors: Door[];
  couriers: Courier[];
  paused_until: string | null;
  retention_days: number;
  /** Null for one household, which is for itself. */
  log_months: number;
  proof_days: number;
  /** The building's own hours, which only restrict; without any, they don't. */
  hours: Windows;
  residents: Resident[];
  pending_residents: PendingResident[];
  questions: Question[];
  expected: Delivery[];
  /** Whether deliveries to others are left out. */
  more_expected: boolean;
}

/** An action that is required of an administrator, as the repairs show it. */
export interface Issue {
  kind: string;
  subject: string | null;
  placeholders: Record<string, string>;
  is_fixable: boolean;
}

export interface OwnedCourier {
  courier: string;
  name: string;
  enabled: boolean;
  doors: string[];
  reach: "https" | "cloud" | "cloud_gone" | "not_https" | "nothing";
  keys: { kind: "secret" | "public_key"; ends_at: string | null }[];
  /** Null where no key was replaced. */
  uses_newest_key: boolean | null;
  last_contact: string | null;
  refusals: number;
  last_refusal: { at: string; why: string } | null;
}

/** What a building without its record does not know is missing. */
export interface OwnedResident {
  resident: string;
  name: string;
  unit: string;
  has_way: boolean;
  consent?: Consent;
  on_paper?: boolean;
  waits_for_confirmation?: boolean;
  unreachable_since?: string | null;
}

/** A doorbell; one that is missing or disabled has no name. */
export interface OwnedBell {
  name: string | null;
  rang_at: string | null;
  /** What became of that ring, where it is known. */
  became: "asked" | "not_expected" | "too_many" | "asked_enough" | null;
  /** Until when it asks nobody; null if it asks. */
  asks_again_at: string | null;
  unavailable_since: string | null;
}

export interface OwnedDoor {
  door: string;
  name: string;
  position: string;
  opener: string | null;
  available: boolean;
  unavailable_since: string | null;
  opener_removed: boolean;
  unlock_seconds: number;
  contact: "shut" | "standing_open" | "unknown" | null;
  doorbells: OwnedBell[];
  /** What drivers can do on its page; null if it has none. */
  page: "on" | "unreachable" | "codes_off" | null;
  left_open: boolean;
}

/** Visits that others let in; its door may be gone. */
export interface OtherAccess {
  source: string;
  name: string;
  door: string | null;
}

export interface OwnedRecord {
  kept_out_by: string | null;
  records: number | null;
  newest_at: string | null;
  retention_days: number;
  proof_days: number;
  notifications_pending: number;
}

/** A building as administrators see it. */
export interface Owned extends Named {
  is_one_home: boolean;
  issues: Issue[];
  couriers: OwnedCourier[];
  residents: OwnedResident[];
  doors: OwnedDoor[];
  other_access: OtherAccess[];
  record: OwnedRecord;
  /** How reports to a fleet go; null for a building that belongs to none. */
  fleet: {
    reported_at: string | null;
    problem: string | null;
    differs: boolean;
    visits: SentVisits | null;
  } | null;
  record_bytes: number;
  hours: Windows;
  /** Whether a resident who consents has hours. */
  has_residents_hours: boolean;
  /** How many sensors residents' automatic announcements read; never whose, or which. */
  parcel_sources: { count: number; silent: number };
  /** What can't be read is missing. */
  ever_admitted?: boolean;
  /** How much was refused for homes without consent, by courier and day, the newest first. */
  without_consent?: Record<string, { day: string; count: number }[]>;
  /** Couriers without any message so far. */
  never_heard?: string[];
  /** Paths to the notice and the list, which open for an hour. */
  links: { notice: string | null; residents: string; sheets: string | null };
}

/** What speaks for or against an entry, as far as the reader may know it. */
export interface Finding {
  layer: string;
  says: "yes" | "ask" | "no";
  resident?: string;
  entity?: string;
}

/** What a courier would be answered for a unit. */
export interface Checked {
  courier: string;
  unit: string;
  admitted: boolean;
  reason: string;
  because: Finding[];
}

/** What becomes of a parcel that a source of the reader's lists now; what is only counted has no number. */
export interface Prospect {
  order: string;
  courier: string | null;
  /** What the list calls the carrier, if no courier has this name. */
  unregistered_carrier: string | null;
  most_per_day: number;
  parcel: string | null;
  becomes: string;
  /** Whether a driver who shows its number or the address code always causes a question. */
  always_asks: boolean;
  starts_at?: string;
  ends_at?: string;
}

/** What each courier would be answered; only for now, what becomes of the reader's own parcels, null if that can't be read. */
export interface Checks {
  checks: Checked[];
  parcels?: Prospect[] | null;
  silent_sources?: OrderSource[];
}

/** What came of a message that was sent to a courier's address to try it. */
export interface Tried {
  found: "good" | "answers" | "refused" | "elsewhere" | "no_answer" | "certificate" | "no_address";
  why: string | null;
}

export interface Entry {
  entry_id: string;
  record: number;
  at: string;
  courier: string;
  door: string;
  proof: Proof | "ring" | null;
  decision: "admitted" | "refused" | "observed";
  reason: string | null;
  outcome: "opened" | "unconfirmed" | "failed" | "unknown" | null;
  lock_confirmed: boolean | null;
  unlocked_until: string | null;
  completed_at: string | null;
  repeats: number;
  details_erased: boolean;
  units?: string[];
  parcel_ref?: string | null;
  driver_ref?: string | null;
  picture?: string | null;
}

/** Whether a resident was notified of a visit. */
export interface Notified {
  resident: string | null;
  reached: boolean;
}

export interface EntriesPage {
  entries: Entry[];
  next: number | null;
}

/** Visits by weekday, from Monday, and hour of the building's clock. */
export interface Visits {
  days: number;
  visits: number[][];
}

export interface Verified {
  intact: boolean;
  records: number;
  head: string;
  broken_at: number | null;
  notifications?: { record: number; hash: string; standing: string }[];
}
