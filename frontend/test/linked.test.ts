import { expect, test } from "vitest";

import { Words, type Home } from "../src/home";
import { Linked } from "../src/linked";
import type { RulesChange } from "../src/model";

const named = (id: string, name: string) => ({ entity_id: id, state: "on", attributes: { friendly_name: name } });
const HOME = {
  language: "en",
  config: { time_zone: "UTC" },
  states: {
    "person.ada": named("person.ada", "Ada"),
    "switch.party": named("switch.party", "Party"),
    "switch.access": named("switch.access", "Courier access"),
    "light.hall": named("light.hall", "Hall"),
  },
  entities: { "switch.access": { platform: "courier_access" }, "switch.party": { platform: "demo" } },
  localize: (key: string) => key.split(".").at(-1) ?? "",
} as unknown as Home;

test("what can be looked at is offered, but nothing of the integration itself", async () => {
  const view = new Linked();
  Object.assign(view, { home: HOME, words: new Words(HOME), name: "never_while", entities: ["person.ada"] });
  const changes: RulesChange[] = [];
  view.addEventListener("ca-rules", (event) => changes.push((event as CustomEvent<RulesChange>).detail));
  document.body.replaceChildren(view);
  await view.updateComplete;
  expect([...view.renderRoot.querySelectorAll("option")].map(({ value }) => value)).toEqual(["switch.party"]);

  const field = view.renderRoot.querySelector("input");
  if (!field) throw new Error("no field");
  field.value = "switch.party";
  field.dispatchEvent(new Event("input"));
  view.renderRoot.querySelector<HTMLButtonElement>("li button")?.click();
  expect(changes).toEqual([{ never_while: ["person.ada", "switch.party"] }, { never_while: [] }]);
});
