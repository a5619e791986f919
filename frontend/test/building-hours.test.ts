import { beforeEach, describe, expect, test } from "vitest";

import type { Access } from "../src/access";
import { BuildingHours } from "../src/building-hours";
import { Words, type Home } from "../src/home";
import type { Windows } from "../src/model";
import type { Told } from "../src/view";
import type { Span } from "../src/week";

const MORNING: Windows = { monday: [{ from: "08:00:00", to: "12:00:00" }] };
const DRAWN: Span[] = [{ day: 0, from: 480, to: 720 }];
const HOME = {
  language: "en",
  config: { time_zone: "UTC" },
  localize: (key: string) => key.split(".").at(-1) ?? "",
} as Home;

/** The owner at the hours of a building that keeps them, or refuses. */
class Owner {
  sent: Windows[] = [];
  told: Told[] = [];
  refuses: unknown;
  readonly hours = new BuildingHours();

  async open(kept: Windows): Promise<void> {
    const access = {
      setHours: async (_building: string, windows: Windows) => {
        this.sent.push(windows);
        if (this.refuses) throw this.refuses;
      },
    } as unknown as Access;
    Object.assign(this.hours, {
      home: HOME,
      words: new Words(HOME),
      access,
      building: { building: "b1", name: "12 Elm Street" },
      kept,
    });
    this.hours.addEventListener("ca-told", (event) => this.told.push((event as CustomEvent<Told>).detail));
    document.body.replaceChildren(this.hours);
    await this.settled();
  }

  async settled(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    await this.hours.updateComplete;
  }

  async draw(spans: Span[]): Promise<void> {
    const week = this.hours.renderRoot.querySelector("courier-access-week");
    week?.dispatchEvent(new CustomEvent("ca-week", { detail: spans, bubbles: true, composed: true }));
    await this.settled();
  }

  get buttons(): HTMLButtonElement[] {
    return [...this.hours.renderRoot.querySelectorAll("button")];
  }

  async press(name: string): Promise<void> {
    this.buttons.find((button) => button.textContent?.trim() === `panel_${name}`)?.click();
    await this.settled();
  }

  get mayBeKept(): boolean {
    return this.buttons.every((button) => !button.disabled);
  }

  get shown(): Span[] {
    return (this.hours.renderRoot.querySelector("courier-access-week") as unknown as { spans: Span[] }).spans;
  }
}

describe("a building's hours", () => {
  let owner: Owner;
  beforeEach(() => (owner = new Owner()));

  test("are sent when the owner says so, and not before", async () => {
    await owner.open({});
    expect(owner.mayBeKept).toBe(false);

    await owner.draw(DRAWN);
    expect(owner.sent).toEqual([]);
    expect(owner.mayBeKept).toBe(true);

    await owner.press("save");
    expect(owner.sent).toEqual([MORNING]);
    expect(owner.told.map(({ text }) => text)).toEqual(["panel_kept"]);
    expect(owner.shown).toEqual(DRAWN);
    expect(owner.mayBeKept).toBe(false);
  });

  test("are given back by undo", async () => {
    await owner.open(MORNING);
    await owner.draw([]);
    await owner.press("save");

    owner.told[0]?.undo?.();
    await owner.settled();

    expect(owner.sent).toEqual([{}, MORNING]);
    expect(owner.shown).toEqual(DRAWN);
  });

  test("stay drawn where the house refuses them, with its reason", async () => {
    await owner.open({});
    owner.refuses = { code: "invalid_format", message: "Too many windows", translation_key: "schedule_too_many" };
    await owner.draw(DRAWN);
    await owner.press("save");

    expect(owner.told).toHaveLength(1);
    expect(owner.told[0]?.undo).toBeUndefined();
    expect(owner.shown).toEqual(DRAWN);
    expect(owner.mayBeKept).toBe(true);

    await owner.press("cancel");
    expect(owner.shown).toEqual([]);
    expect(owner.sent).toHaveLength(1);
  });

  test("that are changed elsewhere leave what is being drawn alone", async () => {
    await owner.open({});
    await owner.draw(DRAWN);
    owner.hours.kept = { friday: [{ from: "10:00:00", to: "11:00:00" }] };
    await owner.settled();
    expect(owner.shown).toEqual(DRAWN);

    owner.hours.kept = MORNING;
    await owner.settled();
    expect(owner.mayBeKept).toBe(false);
  });
});
