/** The one live connection to the integration: what the reader sees of each building, and what they do. */

import type { Home } from "./home";
import type { Building, EntriesPage, Rules, RulesChange, Verified } from "./model";

interface Change {
  buildings?: Building[];
  building?: string;
  changed?: string[];
}

export interface EntriesWanted {
  limit: number;
  before?: number;
  courier?: string;
  decision?: string;
}

export interface RecordsPage {
  building: string;
  records: { record: number }[];
  head: { record: number; hash: string };
  next: number | null;
}

export class Access {
  /** The buildings that concern the reader; undefined until the first answer. */
  buildings: Building[] | undefined;
  private unsubscribe: (() => Promise<void>) | undefined;
  private ended = false;
  private reading = 0;

  /**
   * `changed` is called after each change, with whether couriers came or went;
   * `failed` when there is no answer.
   */
  constructor(
    private readonly connection: Home["connection"],
    private readonly changed: (entries: boolean) => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Begin to follow; the connection takes the subscription up again by itself after it was lost. */
  async start(): Promise<void> {
    try {
      const unsubscribe = await this.connection.subscribeMessage<Change>(
        (change) => void this.take(change),
        { type: "courier_access/subscribe" },
      );
      if (this.ended) await unsubscribe();
      else this.unsubscribe = unsubscribe;
    } catch (error) {
      this.failed(error);
    }
  }

  stop(): void {
    this.ended = true;
    void this.unsubscribe?.().catch(() => undefined);
  }

  private async take(change: Change): Promise<void> {
    if (change.buildings) {
      this.reading++;
      this.buildings = change.buildings;
      this.changed(true);
      return;
    }
    const entries = change.changed?.includes("entries") ?? false;
    if (change.changed?.some((part) => part !== "entries")) await this.read();
    this.changed(entries);
  }

  private async read(): Promise<void> {
    const reading = ++this.reading;
    try {
      const told = await this.send<{ buildings: Building[] }>("overview");
      // An answer that was overtaken by a later one says what was.
      if (reading === this.reading) this.buildings = told.buildings;
    } catch (error) {
      this.failed(error);
    }
  }

  private send<Told>(command: string, fields: object = {}): Promise<Told> {
    return this.connection.sendMessagePromise<Told>({ type: `courier_access/${command}`, ...fields });
  }

  rules(building: string, resident: string): Promise<Rules> {
    return this.send("rules/get", { building, resident });
  }

  setRules(building: string, resident: string, revision: number, change: RulesChange): Promise<Rules> {
    return this.send("rules/set", { building, resident, revision, ...change });
  }

  entries(building: string, wanted: EntriesWanted): Promise<EntriesPage> {
    return this.send("entries", { building, ...wanted });
  }

  veto(building: string, courier: string, grantId: string, unit: string): Promise<void> {
    return this.send("veto_grant", { building, courier, grant_id: grantId, unit });
  }

  pause(building: string, unit?: string): Promise<void> {
    return this.send("pause", { building, ...(unit !== undefined && { unit }) });
  }

  resume(building: string, unit?: string): Promise<void> {
    return this.send("resume", { building, ...(unit !== undefined && { unit }) });
  }

  confirm(building: string, resident: string): Promise<void> {
    return this.send("residents/confirm", { building, resident });
  }

  verify(building: string, notice: string): Promise<Verified> {
    return this.send("verify", { building, ...(notice && { notice }) });
  }

  verifier(building: string): Promise<{ name: string; program: string }> {
    return this.send("export/verifier", { building });
  }

  records(building: string, after: number): Promise<RecordsPage> {
    return this.send("export", { building, after });
  }

  sheet(building: string, language: string, before?: number): Promise<{ csv: string; next: number | null }> {
    return this.send("export/entries", { building, language, ...(before !== undefined && { before }) });
  }
}
