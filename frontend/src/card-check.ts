/** Whether what stands in a dashboard can be meant as a card; part of the file that every page loads. */

import type { CardConfig } from "./card-config";

const KINDS = { building: "string", door: "string", title: "boolean", pause: "boolean", compact: "boolean" };

/** A setting that is of another kind than it has to be. */
export class WrongSetting extends Error {
  constructor(readonly setting: string) {
    super(setting);
  }
}

/** Take what stands in a dashboard; throws `WrongSetting` at what can't be meant. */
export function checked(given: { type: string }): CardConfig {
  const config: Record<string, unknown> = { ...given };
  for (const [setting, kind] of Object.entries(KINDS))
    if (config[setting] !== undefined && typeof config[setting] !== kind) throw new WrongSetting(setting);
  return given;
}
