/** Which card suits an entity that somebody picks for a dashboard; part of the file that every page loads. */

/** What the front end knows of entities and devices, as far as it is used here. */
export interface Registries {
  entities: Record<string, { platform?: string; device_id?: string } | undefined>;
  devices: Record<string, { config_entries_subentries?: Record<string, (string | null)[]> } | undefined>;
}

/** Suggest the card of a door for its lock, and that of the building for its calendar. */
export function suggested({ entities, devices }: Registries, entity: string): { config: object } | null {
  const { platform, device_id: device = "" } = entities[entity] ?? {};
  const kind = entity.split(".", 1)[0];
  if (platform !== "courier_access" || (kind !== "lock" && kind !== "calendar")) return null;
  const [of] = Object.entries(devices[device]?.config_entries_subentries ?? {});
  if (!of) return null;
  const [building, [part]] = of;
  const door = kind === "lock" && part ? { door: part } : {};
  return { config: { type: "custom:courier-access-card", building, ...door } };
}
