import { expect, test, vi } from "vitest";

import type { Words } from "../src/home";
import { Sure } from "../src/sure";

async function shown(more: Partial<Sure> = {}) {
  const deed = vi.fn();
  const sure = new Sure();
  const words = { say: (key: string) => key } as Words;
  Object.assign(sure, { words, label: "Withdraw", heading: "Withdraw consent", says: "No courier comes in.", deed, ...more });
  document.body.replaceChildren(sure);
  await sure.updateComplete;
  const root = sure.renderRoot as ShadowRoot;
  const press = async (selector: string) => {
    root.querySelector<HTMLButtonElement>(selector)?.click();
    await sure.updateComplete;
  };
  return { deed, root, press };
}

test("what ends something asks once, and says what ends", async () => {
  const { deed, root, press } = await shown();
  await press("button.stop");
  expect(deed).not.toHaveBeenCalled();
  const dialog = root.querySelector("dialog");
  expect(dialog?.querySelector("h2")?.textContent).toBe("Withdraw consent");
  expect([...(dialog?.querySelectorAll("p") ?? [])].at(-1)?.textContent).toBe("No courier comes in.");
  await press("dialog button.stop");
  expect(deed).toHaveBeenCalledOnce();
  expect(root.querySelector("dialog")).toBeNull();
});

test("who goes back ends nothing, and can ask again", async () => {
  const { deed, root, press } = await shown({ yes: "Withdraw it" });
  await press("button.stop");
  expect(root.querySelector("dialog button.stop")?.textContent).toBe("Withdraw it");
  await press("dialog button.text");
  expect(root.querySelector("dialog")).toBeNull();
  await press("button.stop");
  expect(root.querySelector("dialog")).not.toBeNull();
  expect(deed).not.toHaveBeenCalled();
});

test("what it is about is named, also to those who don't see where the button stands", async () => {
  expect((await shown()).root.querySelector("button")?.getAttribute("aria-label")).toBe("Withdraw");
  const { root, press } = await shown({ label: "Veto", about: "Parcel Post" });
  expect(root.querySelector("button")?.getAttribute("aria-label")).toBe("Veto: Parcel Post");
  await press("button.stop");
  expect(root.querySelector("dialog strong")?.textContent).toBe("Parcel Post");
});
