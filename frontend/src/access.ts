/** The one live connection to the integration: what the reader sees of each building, and what they do. */

import type { Home } from "./home";
import type {
  Building,
  Checks,
  ConsentText,
  Decided,
  EntriesPage,
  MadePass,
  Notified,
  Order,
  OrderChange,
  OrderSources,
  Owned,
  Parcel,
  Rules,
  RulesChange,
  Tried,
  Verified,
  Visits,
  Windows,
  WithoutLedger,
} from "./model";

interface Overview {
  buildings: Building[];
  without_ledger: WithoutLedger[];
  not_ready: string[];
}

/** The overview, and after the first one which parts of it are new, building by building. */
interface Change extends Overview {
  changed?: Record<string, string[]>;
}

/** Gets changes: whether couriers came or went, whether an administrator's view changed, or that there is no answer. */
export interface Listener {
  changed(entries: boolean, owner: boolean): void;
  failed(error: unknown): void;
}

export interface EntriesWanted {
  limit: number;
  before?: number;
  courier?: string;
  decision?: string;
}

export interface RecordsPage {
  building: string;
  records: { record: number; hash: string }[];
  head: { record: number; hash: string };
  /** The number of the newest record that is no longer in the log, or 0. */
  sealed: number;
  next: number | null;
}

type Leave = () => Promise<void>;

/** While Home Assistant starts, the command may not be there yet. */
const TRIES_AGAIN_SECONDS = 5;

const CODE_LETTERS = 20;

const shared = new WeakMap<Home["connection"], Access>();

/** A file's path as the browser resolves it; undefined if that leads out of the media folders. */
function fileAt(path: string): string | undefined {
  const { origin, pathname, search } = new URL(path, location.origin);
  return origin === location.origin && /^\/media\//.test(pathname) ? pathname + search : undefined;
}

export function sensorsOf(orders: Order[]): string[] {
  return orders.flatMap(({ sources = [] }) => sources.flatMap(({ sensor }) => sensor ?? []));
}

export class Access {
  /** The buildings that concern the reader; undefined until the first answer. */
  buildings: Building[] | undefined;
  /** The ids of buildings that can't say at the moment whom they concern; what they said last is kept. */
  notReady: string[] = [];
  /** Those that the reader owns and whose record can't be used. */
  withoutLedger: WithoutLedger[] = [];
  /** The sources of the orders that were read last. */
  sources: string[] = [];
  readonly #listeners = new Set<Listener>();
  #subscription: Promise<Leave | undefined> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  private constructor(private readonly connection: Home["connection"]) {}

  /** The one of a connection, however many follow it. */
  static on(connection: Home["connection"]): Access {
    let access = shared.get(connection);
    if (!access) shared.set(connection, (access = new Access(connection)));
    return access;
  }

  /** Follow what changes; returns how to leave. The first who comes subscribes, the last who leaves ends that. */
  follow(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (!this.#subscription) {
      this.connection.addEventListener("ready", this.#subscribe);
      this.#subscribe();
    }
    if (this.buildings) listener.changed(true, true);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) void this.#end();
    };
  }

  /** Subscribe, anew on each new connection: what the connection itself takes up again is lost if it comes too early. */
  readonly #subscribe = (): void => {
    clearTimeout(this.#again);
    const subscription: Promise<Leave | undefined> = this.connection
      .subscribeMessage<Change>(
        (change) => this.#take(change),
        { type: "courier_access/subscribe" },
        { resubscribe: false },
      )
      .catch((error: unknown) => {
        if (this.#subscription === subscription) {
          this.#again = setTimeout(this.#subscribe, TRIES_AGAIN_SECONDS * 1000);
          this.#failed(error);
        }
        return undefined;
      });
    this.#subscription = subscription;
  };

  async #end(): Promise<void> {
    const subscription = this.#subscription;
    this.connection.removeEventListener("ready", this.#subscribe);
    clearTimeout(this.#again);
    this.#subscription = this.buildings = undefined;
    this.notReady = [];
    this.withoutLedger = [];
    await (await subscription)?.().catch(() => undefined);
  }

  #take({ changed, ...overview }: Change): void {
    if (!this.#subscription) return; // the last who followed has left
    this.#know(overview);
    const parts = changed && Object.values(changed).flat();
    // A building that is back may have entries that couldn't be read before.
    const hasEntries = parts?.some((part) => part === "entries" || part === "building") ?? true;
    this.#changed(hasEntries, parts?.includes("owner") ?? true);
  }

  #know({ buildings, without_ledger: without, not_ready: notReady }: Overview): void {
    const told = [...buildings, ...without];
    const kept = this.buildings?.filter(
      ({ building }) => notReady.includes(building) && !told.some((each) => each.building === building),
    );
    this.buildings = [...buildings, ...(kept ?? [])];
    this.withoutLedger = without;
    this.notReady = notReady;
  }

  #changed(entries: boolean, owner: boolean): void {
    for (const listener of [...this.#listeners]) listener.changed(entries, owner);
  }

  #failed(error: unknown): void {
    for (const listener of [...this.#listeners]) listener.failed(error);
  }

  #send<Told>(command: string, fields: object = {}): Promise<Told> {
    return this.connection.sendMessagePromise<Told>({ type: `courier_access/${command}`, ...fields });
  }

  rules(building: string, resident: string): Promise<Rules> {
    return this.#send("rules/get", { building, resident });
  }

  setRules(building: string, resident: string, revision: number, change: RulesChange): Promise<Rules> {
    return this.#send("rules/set", { building, resident, revision, ...change });
  }

  /** The text of a consent: in this language, or the one that a notification led to. */
  consentText(building: string, resident: string, language: string, hash?: string): Promise<ConsentText> {
    return this.#send("consent/text", { building, resident, language, ...(hash !== undefined && { hash }) });
  }

  readText(building: string, resident: string): Promise<void> {
    return this.#send("consent/read", { building, resident });
  }

  entries(building: string, wanted: EntriesWanted): Promise<EntriesPage> {
    return this.#send("entries", { building, ...wanted });
  }

  /** Residents' notifications by visit, for administrators. */
  async notifications(building: string, entries: string[]): Promise<Record<string, Notified[]>> {
    const found = await this.#send<{ notifications: Record<string, Notified[]> }>("entries/notifications", { building, entries });
    return found.notifications;
  }

  visits(building: string): Promise<Visits> {
    return this.#send("entries/by_hour", { building });
  }

  /** The verification code of a record: the first 80 bits of its hash. */
  async code(building: string, record: number): Promise<string> {
    const { records } = await this.#send<RecordsPage>("export", { building, after: record - 1, limit: 1 });
    // The first one there may be a later one, once older ones were deleted.
    return records.find((found) => found.record === record)?.hash.slice(0, CODE_LETTERS) ?? "";
  }

  /** Where to load a picture from, signed, if it is in a media folder of this Home Assistant. */
  async picture(path: string): Promise<string | undefined> {
    const file = fileAt(path);
    if (file === undefined) return undefined;
    return fileAt((await this.connection.sendMessagePromise<{ path: string }>({ type: "auth/sign_path", path: file })).path);
  }

  veto(building: string, courier: string, grantId: string, unit: string): Promise<void> {
    return this.#send("veto_grant", { building, courier, grant_id: grantId, unit });
  }

  issue(building: string, courier: string, unit: string, parcel: Parcel): Promise<Decided> {
    return this.#send("grants/issue", { building, courier, units: [unit], ...parcel });
  }

  revise(building: string, courier: string, grantId: string, parcel: Parcel): Promise<Decided> {
    return this.#send("grants/revise", { building, courier, grant_id: grantId, ...parcel });
  }

  revoke(building: string, courier: string, grantId: string): Promise<void> {
    return this.#send("grants/revoke", { building, courier, grant_id: grantId });
  }

  makePass(building: string, courier: string, grantId: string): Promise<MadePass> {
    return this.#send("passes/make", { building, courier, grant_id: grantId });
  }

  revokePass(building: string, pass: string): Promise<void> {
    return this.#send("passes/revoke", { building, pass });
  }

  renewAddressCode(building: string, resident: string): Promise<{ address_code: string }> {
    return this.#send("address_code/renew", { building, resident });
  }

  /** An empty note removes it. */
  setNote(building: string, unit: string, note: string): Promise<void> {
    return this.#send("note/set", { building, unit, note });
  }

  /** Without days, the building's number counts. */
  chooseErasure(building: string, resident: string, days?: number): Promise<void> {
    return this.#send("erasure/choose", { building, resident, ...(days && { days }) });
  }

  chooseFleetVisits(building: string, resident: string, object: boolean): Promise<void> {
    return this.#send("rules/fleet_visits", { building, resident, object });
  }

  /** Where the page of a visit opens, to print it. */
  visitPage(building: string, record: number): Promise<{ path: string }> {
    return this.#send("entries/print", { building, record });
  }

  turnCodesOn(building: string, door: string): Promise<void> {
    return this.#send("codes/turn_on", { building, door });
  }

  /** For 24 hours if no end is given. */
  pause(building: string, unit?: string, until?: string): Promise<void> {
    return this.#send("pause", { building, ...(unit !== undefined && { unit }), ...(until !== undefined && { until }) });
  }

  resume(building: string, unit?: string): Promise<void> {
    return this.#send("resume", { building, ...(unit !== undefined && { unit }) });
  }

  confirm(building: string, resident: string): Promise<void> {
    return this.#send("residents/confirm", { building, resident });
  }

  answer(building: string, question: string, admit: boolean, courier?: string): Promise<void> {
    return this.#send("questions/answer", { building, question, admit, ...(courier !== undefined && { courier }) });
  }

  async orders(building: string): Promise<Order[]> {
    const { orders } = await this.#send<{ orders: Order[] }>("orders", { building });
    this.sources = sensorsOf(orders);
    return orders;
  }

  orderSources(building: string, resident: string): Promise<OrderSources> {
    return this.#send("orders/sources", { building, resident });
  }

  setOrder(building: string, resident: string, order: OrderChange): Promise<Order> {
    return this.#send("orders/set", { building, resident, ...order });
  }

  withdrawOrder(building: string, order: string): Promise<void> {
    return this.#send("orders/withdraw", { building, order });
  }

  owned(building: string): Promise<Owned> {
    return this.#send("building", { building });
  }

  /** What each courier of a door would be answered for a unit, now or at a time on the building's clock. */
  check(building: string, door: string, unit: string, at?: string): Promise<Checks> {
    return this.#send("check_access", { building, door, unit, ...(at !== undefined && { at }) });
  }

  test(building: string, courier: string): Promise<Tried> {
    return this.#send("couriers/test", { building, courier });
  }

  setHours(building: string, windows: Windows): Promise<unknown> {
    return this.#send("hours/set", { building, windows });
  }

  verify(building: string, notification: string): Promise<Verified> {
    return this.#send("verify", { building, ...(notification && { notification }) });
  }

  verifier(building: string): Promise<{ name: string; program: string }> {
    return this.#send("export/verifier", { building });
  }

  aboutMe(building: string, resident: string): Promise<{ path: string }> {
    return this.#send("about_me", { building, resident });
  }

  /** The pages of a reader who left buildings lately. */
  async left(): Promise<{ name: string; path: string }[]> {
    return (await this.#send<{ pages: { name: string; path: string }[] }>("left")).pages;
  }

  records(building: string, after: number): Promise<RecordsPage> {
    return this.#send("export", { building, after });
  }

  sheet(building: string, language: string, before?: number): Promise<{ csv: string; next: number | null }> {
    return this.#send("export/entries", { building, language, ...(before !== undefined && { before }) });
  }
}
