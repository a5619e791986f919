/** The steps to the first entry, and which of them are done: all of it is seen from what exists. */

import type { Owned } from "./model";

export const STEPS = ["door", "courier", "resident", "consent", "hours", "entry"] as const;
/** The steps whose name alone doesn't say what to do. */
export const EXPLAINED: readonly Step[] = ["consent", "hours", "entry"];
export type Step = (typeof STEPS)[number];

export function isDone(owned: Owned, step: Step): boolean {
  switch (step) {
    case "door":
      return owned.doors.length > 0;
    case "courier":
      return owned.couriers.some(({ enabled, doors }) => enabled && doors.length > 0);
    case "resident":
      return owned.residents.length > 0;
    case "consent":
      return owned.residents.some(({ consent }) => consent === "given");
    case "hours":
      return owned.has_residents_hours;
    case "entry":
      return owned.ever_admitted === true;
  }
}

/** Whether it goes on: a record that can't be read says nothing of an entry. */
export function isInSetup(owned: Owned): boolean {
  return owned.ever_admitted === false;
}

/** The first step that isn't done. */
export function nextStep(owned: Owned): Step | undefined {
  return STEPS.find((step) => !isDone(owned, step));
}
