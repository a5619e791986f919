import { html, LitElement, render, type TemplateResult } from "lit";
import { beforeEach, expect, test, vi } from "vitest";

import { button, chips, date, dialog, entity, segmented, select, toggle } from "../src/controls";
import type { Home } from "../src/home";

const CHOICES = [
  { value: "allow", label: "Allow" },
  { value: "deny", label: "Deny" },
] as const;
const HOME = {
  states: {
    "person.ada": { entity_id: "person.ada", state: "home", attributes: { friendly_name: "Ada" } },
    "light.hall": { entity_id: "light.hall", state: "on", attributes: {} },
  },
} as unknown as Home;

let place: HTMLElement;

beforeEach(() => {
  place = document.createElement("div");
  document.body.replaceChildren(place);
});

function draw(drawn: TemplateResult): HTMLElement {
  render(html`${drawn}`, place);
  return place;
}

function found<Found extends Element>(selector: string): Found {
  const element = place.querySelector<Found>(selector);
  if (!element) throw new Error(`no ${selector}`);
  return element;
}

function changed(field: HTMLInputElement | HTMLSelectElement, value: string): void {
  field.value = value;
  field.dispatchEvent(new Event("change"));
}

const define = (tag: string) => customElements.define(tag, class extends HTMLElement {});

test("what is not defined yet is drawn natively, and exchanged when it is", async () => {
  draw(html`${button("Pause", vi.fn(), { kind: "stop" })}${button("Expect", undefined, { kind: "main", href: "/to" })}`);
  expect(found("button").className).toBe("stop");
  expect(found("a.button.main").getAttribute("href")).toBe("/to");
  define("ha-button");
  await customElements.whenDefined("ha-button");
  await Promise.resolve();
  expect(place.querySelector("button, a")).toBeNull();
  expect(found("ha-button").getAttribute("variant")).toBe("danger");
  expect(found("ha-button[href]").getAttribute("href")).toBe("/to");
  expect(found("ha-button").textContent).toContain("Pause");
});

test("a native element that somebody is in stays until they leave it", async () => {
  const turn = vi.fn();
  draw(toggle("Share", false, turn));
  found<HTMLInputElement>("input").focus();
  define("ha-switch");
  await customElements.whenDefined("ha-switch");
  await Promise.resolve();
  draw(toggle("Share", true, turn));
  expect(found<HTMLInputElement>("input").checked).toBe(true);

  found<HTMLInputElement>("input").blur();
  draw(toggle("Share", true, turn));
  expect(found<HTMLInputElement>("ha-switch").checked).toBe(true);
  found<HTMLInputElement>("ha-switch").checked = false;
  found("ha-switch").dispatchEvent(new Event("change"));
  expect(turn).toHaveBeenCalledWith(false);
});

test("one of several is chosen by its value, in either element", async () => {
  const choose = vi.fn();
  draw(select("Rule", "deny", CHOICES, choose));
  expect(found<HTMLSelectElement>("select").value).toBe("1");
  changed(found("select"), "1");
  expect(choose).not.toHaveBeenCalled();
  changed(found("select"), "0");
  expect(choose).toHaveBeenLastCalledWith("allow");

  define("ha-select");
  await customElements.whenDefined("ha-select");
  draw(select("Rule", "allow", CHOICES, choose));
  const own = found<HTMLElement & { value: string; label: string }>("ha-select");
  expect([own.label, own.value]).toEqual(["Rule", "0"]);
  const escaped = vi.fn();
  place.addEventListener("selected", escaped);
  own.dispatchEvent(new CustomEvent("selected", { detail: { value: "1" }, bubbles: true }));
  expect(choose).toHaveBeenLastCalledWith("deny");
  expect(escaped).not.toHaveBeenCalled();
});

test("segments and chips show what is set, and say only what is new", () => {
  const choose = vi.fn();
  draw(html`${segmented("Ada", "deny", CHOICES, choose)}${chips("Hours", "allow", CHOICES, choose)}`);
  const radios = [...place.querySelectorAll<HTMLInputElement>("input[type=radio]")];
  expect(radios.map(({ checked }) => checked)).toEqual([false, true]);
  radios[0]?.dispatchEvent(new Event("change"));
  expect(choose).toHaveBeenLastCalledWith("allow");
  found<HTMLButtonElement>("[data-value=allow]").click();
  expect(choose).toHaveBeenCalledTimes(1);
  found<HTMLButtonElement>("[data-value=deny]").click();
  expect(choose).toHaveBeenLastCalledWith("deny");
});

test("a date is asked for natively while the front end loads its own field", () => {
  const choose = vi.fn();
  draw(date(HOME, "First day", "2026-11-27", choose, { min: "2026-11-01" }));
  expect(found<HTMLElement>("ha-selector").hidden).toBe(true);
  expect(found<HTMLInputElement>("input[type=date]").min).toBe("2026-11-01");
  changed(found("input"), "2026-12-01");
  expect(choose).toHaveBeenCalledWith("2026-12-01");
});

test("entities of the domains that are not there already are offered", () => {
  const choose = vi.fn();
  draw(entity(HOME, "Only while", ["person", "light"], ["light.hall"], choose));
  expect([...place.querySelectorAll("option")].map(({ value }) => value)).toEqual(["person.ada"]);
  const field = found<HTMLInputElement>("input");
  field.value = "light.hall";
  field.dispatchEvent(new Event("input"));
  expect(choose).not.toHaveBeenCalled();
  field.value = "person.ada";
  field.dispatchEvent(new Event("input"));
  expect(choose).toHaveBeenCalledWith("person.ada");
});

test("a control in a view that has gone is not drawn again", async () => {
  class View extends LitElement {
    override render(): TemplateResult {
      return html`${segmented("Ada", "deny", CHOICES, vi.fn())}`;
    }
  }
  customElements.define("a-view", View);
  const view = new View();
  place.append(view);
  await view.updateComplete;
  view.remove();
  define("ha-control-select");
  await customElements.whenDefined("ha-control-select");
  await Promise.resolve();
  expect(view.renderRoot.querySelector("ha-control-select")).toBeNull();
});

test("a dialog closes once it is said so, and leads back to where one was", async () => {
  const close = vi.fn();
  const before = document.createElement("button");
  document.body.append(before);
  before.focus();
  draw(dialog("Monday", html`<p>Times</p>`, { main: button("Save", vi.fn()) }, close));
  await Promise.resolve();
  expect(found<HTMLDialogElement>("dialog").open).toBe(true);
  found("p").dispatchEvent(new Event("close", { bubbles: true }));
  expect(close).not.toHaveBeenCalled();
  found("dialog").dispatchEvent(new Event("close"));
  expect(close).toHaveBeenCalledTimes(1);

  before.blur();
  draw(html``);
  await Promise.resolve();
  expect(document.activeElement).toBe(before);
});
