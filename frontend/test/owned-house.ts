/** A building as its owner sees it, in which all is well. */

import { Words, type Home } from "../src/home";
import type { Owned, OwnedCourier, OwnedDoor, OwnedResident } from "../src/model";

export const HOME = {
  language: "en",
  config: { time_zone: "UTC" },
  states: {},
  localize: (key: string, values: object = {}) => [key.split(".").slice(3).join("."), ...Object.values(values)].join(" "),
} as unknown as Home;
export const WORDS = new Words(HOME);

export const LOBBY: OwnedDoor = {
  door: "lobby",
  name: "Lobby",
  position: "locked",
  opener: "lock.bolt",
  available: true,
  unavailable_since: null,
  opener_removed: false,
  unlock_seconds: 5,
  contact: null,
  doorbells: [],
  page: null,
  left_open: false,
};
export const POST: OwnedCourier = {
  courier: "post",
  name: "Parcel Post",
  enabled: true,
  doors: ["Lobby"],
  reach: "https",
  keys: [{ kind: "secret", ends_at: null }],
  uses_newest_key: null,
  last_contact: "2026-11-24T09:00:00Z",
  refusals: 0,
  last_refusal: null,
};
export const ADA: OwnedResident = {
  resident: "ada",
  name: "Ada",
  unit: "3B",
  has_way: true,
  consent: "given",
  on_paper: false,
  waits_for_confirmation: false,
  unreachable_since: null,
};

export function house(change: Partial<Owned> = {}): Owned {
  return {
    building: "b1",
    name: "12 Elm Street",
    issues: [],
    couriers: [POST],
    residents: [ADA],
    doors: [LOBBY],
    is_one_home: false,
    other_access: [],
    record: { kept_out_by: null, records: 9, newest_at: null, retention_days: 30, proof_days: 365, notifications_pending: 0 },
    record_bytes: 5000,
    hours: {},
    has_residents_hours: true,
    parcel_sources: { count: 0, silent: 0 },
    fleet: null,
    ever_admitted: true,
    never_heard: [],
    links: { notice: "/notice", residents: "/residents", sheets: null },
    ...change,
  };
}
