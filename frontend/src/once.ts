/** A resident's hours opened for one parcel, on its days only. */

import type { Access } from "./access";
import { Draft } from "./draft";
import type { Opening } from "./model";

/** Open a resident's hours for a parcel; return the way back, or nothing if it was refused. */
export async function openOnce(
  access: Pick<Access, "rules" | "setRules">,
  building: string,
  resident: string,
  opening: Opening,
  refused: (error: unknown) => void,
): Promise<(() => void) | undefined> {
  const draft = new Draft(access, building, resident, () => undefined, refused);
  await draft.load();
  if (!(await draft.change({ open_once: opening }))) return undefined;
  return () => void draft.undo();
}
