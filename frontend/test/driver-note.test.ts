import { expect, test, vi } from "vitest";

import type { Access } from "../src/access";
import { DriverNote } from "../src/driver-note";
import { Words, type Home } from "../src/home";
import type { Told } from "../src/view";

const HOME = {
  language: "en",
  config: { time_zone: "Europe/Paris" },
  localize: (key: string) => key.split(".").at(-1),
} as Home;

async function shown(note: string, isRefused = false) {
  const setNote = vi.fn(async () => {
    if (isRefused) throw { code: "unauthorized", message: "no" };
  });
  const view = new DriverNote();
  const told: Told[] = [];
  view.addEventListener("ca-told", (event) => told.push((event as CustomEvent<Told>).detail));
  const building = { building: "b1", name: "12 Elm Street" };
  const access = { setNote } as unknown as Access;
  Object.assign(view, { home: HOME, words: new Words(HOME), access, building, unit: "3B", note });
  document.body.replaceChildren(view);
  await view.updateComplete;
  const settle = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await view.updateComplete;
  };
  const press = async (name: string) => {
    const button = [...view.renderRoot.querySelectorAll("button")].find((each) => each.textContent?.trim() === name);
    expect(button, name).toBeDefined();
    button?.click();
    await settle();
  };
  const write = async (text: string) => {
    const input = view.renderRoot.querySelector("input");
    if (input) input.value = text;
    view.renderRoot.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    await settle();
  };
  return { view, setNote, told, press, write, settle };
}

test("a home without a note can add one, and take it back", async () => {
  const { view, setNote, told, press, write } = await shown("");
  expect(view.renderRoot.querySelector(".note")).toBeNull();
  await press("panel_driver_note_add");
  expect(view.renderRoot.querySelector("input")?.maxLength).toBe(120);
  await write("  On the shelf. ");
  expect(setNote).toHaveBeenLastCalledWith("b1", "3B", "On the shelf.");
  expect(view.renderRoot.querySelector("form")).toBeNull();
  expect(told.at(-1)?.text).toBe("panel_driver_note_saved");
  told.at(-1)?.undo?.();
  expect(setNote).toHaveBeenLastCalledWith("b1", "3B", "");
});

test("a note is text of its own direction, and is removed by saving it empty", async () => {
  const { view, setNote, told, press, write } = await shown("<b>Up</b>");
  const note = view.renderRoot.querySelector(".note");
  expect([note?.textContent, note?.getAttribute("dir")]).toEqual(["<b>Up</b>", "auto"]);
  await press("page_change");
  await write("<b>Up</b>");
  expect(setNote).not.toHaveBeenCalled();
  await press("page_change");
  await write(" ");
  expect(setNote).toHaveBeenLastCalledWith("b1", "3B", "");
  expect(told.at(-1)?.text).toBe("panel_driver_note_removed");
});

test("what is refused stays written, and what is canceled isn't sent", async () => {
  const { view, setNote, told, press, write } = await shown("", true);
  await press("panel_driver_note_add");
  await write("Up");
  expect(told.map(({ text }) => text)).toEqual(["no"]);
  expect(view.renderRoot.querySelector("input")?.value).toBe("Up");
  await press("panel_cancel");
  expect(view.renderRoot.querySelector("form")).toBeNull();
  expect(setNote).toHaveBeenCalledTimes(1);
});

test("the way back is that of the home whose note was changed, whatever is shown by then", async () => {
  const { view, setNote, told, press, write, settle } = await shown("Before");
  await press("page_change");
  await write("After");
  Object.assign(view, { building: { building: "b2", name: "Other" }, unit: "1A", note: "Theirs" });
  await settle();
  told.at(-1)?.undo?.();
  expect(setNote).toHaveBeenLastCalledWith("b1", "3B", "Before");
});

test("a form that is open closes once another home is shown", async () => {
  const { view, press, settle } = await shown("Before");
  await press("page_change");
  Object.assign(view, { building: { building: "b2", name: "Other" }, unit: "1A", note: "Theirs" });
  await settle();
  expect(view.renderRoot.querySelector("form")).toBeNull();
});
