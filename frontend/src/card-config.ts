/** How a card is set up on a dashboard. */

import type { Building } from "./model";

export interface CardConfig {
  type: string;
  /** A building's id; without one, the first that concerns the reader. */
  building?: string;
  /** A door's id; without one, every door of the building. */
  door?: string;
  /** Whether the building's name stands at the top; it does where this is left out. */
  title?: boolean;
  /** Whether the pauses are there; they are where this is left out. */
  pause?: boolean;
  /** Whether only the next delivery and the doors are there. */
  compact?: boolean;
}

/** The same card with settings as somebody chose them; what says no more than is so without it is left out. */
export function changed(config: CardConfig, chosen: Partial<CardConfig>): CardConfig {
  const { building, door, title, pause, compact, ...rest } = { ...config, ...chosen };
  const isOther = building !== config.building && config.building !== undefined;
  return {
    ...rest,
    ...(building ? { building } : {}),
    // A door belongs to its building.
    ...(door && !isOther ? { door } : {}),
    ...(title === false ? { title } : {}),
    ...(pause === false ? { pause } : {}),
    ...(compact ? { compact } : {}),
  };
}

/** The building that a card shows, undefined where the reader has none that it could be. */
export function shownBuilding(config: CardConfig, known: readonly Building[]): Building | undefined {
  return config.building === undefined
    ? known[0]
    : known.find(({ building }) => building === config.building);
}

/** As much of a building as a card shows, and how many deliveries to the reader follow the next one; undefined where it has no such door. */
export function narrowed(config: CardConfig, whole: Building): { building: Building; more: number } | undefined {
  const doors = whole.doors.filter(({ door }) => config.door === undefined || door === config.door);
  if (config.door !== undefined && doors.length === 0) return undefined;
  const names = doors.map((door) => door.name);
  const expected = whole.expected.filter((delivery) => names.includes(delivery.door));
  const own = expected.filter(({ units }) => units !== undefined);
  return { building: { ...whole, doors, expected }, more: Math.max(0, own.length - 1) };
}
