/** Where the panel and the card lead to in Home Assistant's front end. */

type Place = "now" | "hours" | "entries" | "deliveries";
interface Of {
  building: string;
}

/** All that residents can do, in more words. `card.ts` names it, too, to need no other file. */
export const HANDBOOK =
  "https://github.com/courier-access/courier-access/blob/main/docs/how-to/residents-handbook.md";

/** In the address of the deliveries: their form is open. */
export const EXPECT = "expect";

export function viewOf({ building }: Of, view: Place): string {
  return `/courier-access/${view}?building=${building}`;
}

/** The deliveries, with the form to expect a parcel. */
export function expecting(building: Of): string {
  return `${viewOf(building, "deliveries")}&${EXPECT}`;
}

/** Where the parts of a building are edited. */
export function settings({ building }: Of): string {
  return `/config/integrations/integration/courier_access#config_entry=${building}`;
}
