import { expect, test } from "vitest";

import { Attitudes } from "../src/attitudes";
import { Words, type Home } from "../src/home";
import type { Courier, Rules, RulesChange } from "../src/model";

const HOME = {
  language: "en",
  config: { time_zone: "UTC" },
  localize: (key: string) => key.split(".").at(-1) ?? "",
} as Home;
const COURIERS = [
  { courier: "swift", name: "Swift Parcels" },
  { courier: "owl", name: "Night Owl" },
] as Courier[];

async function shown(rules: Partial<Rules>) {
  const view = new Attitudes();
  Object.assign(view, {
    words: new Words(HOME),
    couriers: COURIERS,
    rules: { default: "allow", default_proof: "pass", couriers: {}, removed_couriers: [], proofs: {}, ...rules },
  });
  const changes: RulesChange[] = [];
  view.addEventListener("ca-rules", (event) => changes.push((event as CustomEvent<RulesChange>).detail));
  document.body.replaceChildren(view);
  await view.updateComplete;
  const rows = [...view.renderRoot.querySelectorAll("li")];
  return { view, changes, rows, root: view.renderRoot as ShadowRoot };
}

function tap(row: Element | undefined, attitude: string): void {
  const label = [...(row?.querySelectorAll(".segmented label") ?? [])].find((each) =>
    each.textContent?.includes(`attitude_${attitude}`),
  );
  label?.querySelector("input")?.dispatchEvent(new Event("change"));
}

const set = (row: Element) =>
  [...row.querySelectorAll<HTMLInputElement>(".segmented input")].findIndex(({ checked }) => checked);

test("each courier shows what holds for them, whether it is their own or everybody's", async () => {
  const { rows } = await shown({ couriers: { owl: "deny" }, proofs: { swift: "signed" } });
  expect(rows.map(set)).toEqual([0, 0, 2]);
  const proofs = rows.map((row) => row.querySelector(".proof")?.textContent?.match(/panel_proof_\w+/)?.[0]);
  expect(proofs).toEqual(["panel_proof_pass", "panel_proof_signed", undefined]);
});

test("one tap sets a rule for everybody, or for one", async () => {
  const { rows, changes } = await shown({ couriers: { owl: "deny" } });
  tap(rows[0], "ask");
  tap(rows[1], "deny");
  expect(changes).toEqual([{ default: "ask" }, { couriers: { owl: "deny", swift: "deny" } }]);
});

test("what is set for one courier alone is reset with one tap", async () => {
  const { rows, changes } = await shown({ couriers: { owl: "deny" }, proofs: { owl: "signed", swift: "pass" } });
  const reset = (row: Element | undefined) =>
    [...(row?.querySelectorAll("button") ?? [])].find((each) => each.textContent?.includes("as_default"));
  expect(reset(rows[0])).toBeUndefined();
  reset(rows[2])?.click();
  reset(rows[1])?.click();
  expect(changes).toEqual([{ couriers: {}, proofs: { swift: "pass" } }, { proofs: { owl: "signed" } }]);
});

test("the weakest proof is chosen in a dialog of its own", async () => {
  const { view, rows, changes, root } = await shown({});
  rows[2]?.querySelector<HTMLButtonElement>(".proof")?.click();
  await view.updateComplete;
  const choices = [...root.querySelectorAll<HTMLInputElement>("dialog input[type=radio]")];
  expect(choices.map(({ checked }) => checked)).toEqual([false, true, false, false]);
  choices[3]?.dispatchEvent(new Event("change"));
  await view.updateComplete;
  expect(changes).toEqual([{ proofs: { owl: "parcel_number" } }]);
  expect(root.querySelector("dialog")).toBeNull();
});

test("a removed courier that is denied is listed until that is lifted", async () => {
  const removed_couriers = [{ courier: "gone", name: "Parcel Post" }];
  const { rows, changes, root } = await shown({ couriers: { owl: "deny" }, removed_couriers });
  expect(root.textContent).toContain("removed_couriers");
  expect(rows.at(-1)?.textContent).toContain("Parcel Post");
  rows.at(-1)?.querySelector("button")?.click();
  expect(changes).toEqual([{ couriers: { owl: "deny", gone: "allow" } }]);
  expect((await shown({})).root.textContent).not.toContain("removed_couriers");
});

test("new couriers can start as Ask, with no change for those of today", async () => {
  const ask = ({ root }: { root: ShadowRoot }) =>
    [...root.querySelectorAll("button")].find((each) => each.textContent?.includes("new_couriers_ask"));
  const asked = await shown({ couriers: { owl: "deny", gone: "deny" } });
  ask(asked)?.click();
  expect(asked.changes).toEqual([{ new_couriers: "ask" }]);
  expect(ask(await shown({ default: "ask" }))).toBeUndefined();
});
