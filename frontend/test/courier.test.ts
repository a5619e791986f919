import { describe, expect, test } from "vitest";

import type { Access } from "../src/access";
import { CourierView } from "../src/courier";
import type { OwnedCourier, Tried } from "../src/model";
import { HOME, POST as HEARD_POST, WORDS } from "./owned-house";

const POST: OwnedCourier = { ...HEARD_POST, last_contact: null };

/** A courier as it is shown; `test` answers what a test of its address has found. */
async function shown(
  courier: OwnedCourier,
  test: () => Promise<Tried> = () => Promise.reject(new Error()),
  neverHeard: string[] = [],
) {
  const view = new CourierView();
  const access = { test } as unknown as Access;
  const building = { building: "b1", name: "12 Elm Street" };
  Object.assign(view, { home: HOME, words: WORDS, access, building, courier, neverHeard });
  document.body.replaceChildren(view);
  await view.updateComplete;
  return view;
}

function said(view: CourierView): string {
  return (view.renderRoot as ShadowRoot).textContent?.replace(/\s+/g, " ") ?? "";
}

async function tried(courier: OwnedCourier, found: Tried): Promise<string> {
  const view = await shown(courier, () => Promise.resolve(found));
  view.renderRoot.querySelector("button")?.click();
  await new Promise((resolve) => setTimeout(resolve));
  await view.updateComplete;
  return view.renderRoot.querySelector("[data-found]")?.textContent?.replace(/\s+/g, " ").trim() ?? "";
}

describe("a courier", () => {
  test("is shown with its doors, its keys and what was not done", async () => {
    const view = await shown({
      ...POST,
      keys: [
        { kind: "public_key", ends_at: null },
        { kind: "secret", ends_at: "2026-11-24T09:00:00Z" },
      ],
      refusals: 3,
      last_refusal: { at: "2026-11-23T09:00:00Z", why: "unauthenticated" },
    });
    const words = said(view);
    expect(words).toContain("panel_courier_doors Lobby");
    expect(words).toContain("panel_key_public_key");
    expect(words).toMatch(/panel_key_secret panel_key_ends \w+/);
    expect(words).toMatch(/panel_refusals 3 .* panel_problem_signature/);
    expect(words).toContain("panel_never_heard");
    expect(words).not.toContain("panel_key_unused");
  });

  test("is shown with what was refused without consent, by day", async () => {
    const view = await shown(POST);
    expect(said(view)).not.toContain("panel_courier_without_consent");
    view.withoutConsent = [
      { day: "2026-11-24", count: 3 },
      { day: "2026-11-23", count: 1 },
    ];
    await view.updateComplete;
    expect(said(view)).toMatch(/panel_courier_without_consent .*24.*: 3 · .*23.*: 1/);
  });

  test("that does not use its new key yet is shown with that", async () => {
    const keys = [
      { kind: "secret" as const, ends_at: null },
      { kind: "secret" as const, ends_at: "2026-11-24T09:00:00Z" },
    ];
    const words = said(await shown({ ...POST, keys, uses_newest_key: false }));
    expect(words.match(/panel_key_unused/g)).toHaveLength(1);
    expect(said(await shown({ ...POST, keys, uses_newest_key: true }))).not.toContain("panel_key_unused");
  });

  test("is a row with its state in few words, red only where somebody must act", async () => {
    const row = async (change: Partial<OwnedCourier>, neverHeard: string[] = []) => {
      const view = await shown({ ...POST, ...change }, undefined, neverHeard);
      const item = view.renderRoot.querySelector(".item");
      return `${item?.className.replace("item ", "")}: ${item?.querySelector(".says")?.textContent}`;
    };
    expect(await row({})).toBe("good: panel_courier_quiet");
    expect(await row({ last_contact: "2026-11-24T09:00:00Z" })).toMatch(/^good: panel_last_contact/);
    expect(await row({}, ["post"])).toBe("bad: panel_courier_never_heard");
    expect(await row({ doors: [] })).toBe("bad: panel_courier_no_doors");
    expect(await row({ reach: "nothing" })).toBe("bad: panel_courier_cut_off");
    expect(await row({ reach: "not_https" })).toBe("bad: panel_courier_not_https");
    expect(await row({ keys: [] })).toBe("plain: panel_courier_without_key");
    expect(await row({ enabled: false, doors: [] })).toBe("plain: panel_courier_disabled");
  });
});

describe("a test of its address", () => {
  test("says what was found, and why where that is known", async () => {
    expect(await tried(POST, { found: "good", why: null })).toBe("panel_found_good");
    expect(await tried(POST, { found: "refused", why: "ledger_unavailable" })).toBe(
      "panel_found_refused panel_problem_building",
    );
    expect(await tried(POST, { found: "no_answer", why: null })).toBe("panel_found_no_answer");
  });

  test("says that it came from inside only where nothing leads here from outside", async () => {
    const inside = { ...POST, reach: "nothing" as const };
    expect(await tried(inside, { found: "good", why: null })).toBe("panel_found_good panel_found_inside");
    expect(await tried(inside, { found: "no_address", why: null })).toBe("panel_found_no_address");
  });
});
