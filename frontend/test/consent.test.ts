import { expect, test, vi } from "vitest";

import { ConsentView } from "../src/consent";
import type { Words } from "../src/home";
import type { Building, Consent, ConsentText } from "../src/model";
import { saidKept } from "../src/said-rules";
import type { Sure } from "../src/sure";

const words = {
  say: (key: string, values?: object) => [key, ...Object.values(values ?? {})].join(" "),
  language: "en",
  moment: (at: string) => at,
  span: (start: string, end: string) => `${start}–${end}`,
} as Words;

const HERE = { building: "b1", expected: [] };
const TEXT: ConsentText = { hash: "h", language: "en", lines: ["It opens the door.", "It stores."], agreed: null };
const resident = (consent: Consent, closes = false) =>
  ({ resident: "ada", unit: "4A", consent, no_closes_home: closes, altered_at: null, shut: null as string | null }) as const;
const EXPECTED = [
  { courier: "Swift Parcels", door: "Lobby", starts_at: "17", ends_at: "23", units: ["4A"] },
  { courier: "Parcel Post", door: "Lobby", starts_at: "8", ends_at: "9", units: ["1A"] },
  { courier: "Neighbor's", door: "Lobby", starts_at: "8", ends_at: "9" },
];

async function shown(consent: Consent, building: Pick<Building, "building" | "expected"> = HERE, closes = false, text = TEXT) {
  const access = { consentText: vi.fn().mockResolvedValue(text) };
  const view = new ConsentView();
  const decided = vi.fn();
  view.addEventListener("ca-consent", (event) => decided((event as CustomEvent).detail));
  Object.assign(view, { words, access, building, resident: resident(consent, closes) });
  document.body.replaceChildren(view);
  await view.updateComplete;
  await Promise.resolve();
  await view.updateComplete;
  return { view, access, decided, root: view.renderRoot as ShadowRoot };
}

const buttons = (root: ShadowRoot) =>
  [...root.querySelectorAll<HTMLElement>("button.main, courier-access-sure")].map(
    (each) => (each as Sure).label ?? each.textContent,
  );

test("both ways to say no stand beside the yes, before and after it", async () => {
  const both = ["page_opt_out", "page_withdraw_consent"];
  expect(buttons((await shown("not_given")).root)).toEqual(["page_give_consent", ...both]);
  expect(buttons((await shown("given")).root)).toEqual(both);
  expect(buttons((await shown("opted_out")).root)).toEqual(["page_give_consent", "page_withdraw_consent"]);
  expect(buttons((await shown("withdrawn")).root)).toEqual(["page_give_consent"]);
});

test("a block of the home is lifted by its own button, which says what it opens and asks nothing", async () => {
  const { decided, root } = await shown("withdrawn");
  const [lift] = root.querySelectorAll<HTMLButtonElement>("button:not(.main)");
  expect(lift?.textContent).toBe("page_lift_block");
  expect(lift?.parentElement?.previousElementSibling?.textContent).toBe("page_consent_withdrawn");
  expect(lift?.parentElement?.nextElementSibling?.textContent).toBe("page_lift_block_says");
  expect(root.textContent).not.toContain("page_opt_out");
  lift?.click();
  expect(decided.mock.calls).toEqual([[{ consent: "opted_out" }]]);
  expect(saidKept(words, { consent: "opted_out" }, vi.fn(), resident("withdrawn", true))).toEqual({
    text: "page_said_lift_block",
  });
});

/** What the question before a no says besides its first sentence. */
async function also(refusal: "opted_out" | "withdrawn", closes: boolean): Promise<string[]> {
  const { root } = await shown("given", { ...HERE, expected: EXPECTED }, closes);
  const sure = root.querySelector<Sure>(`[data-decision=${refusal}]`);
  sure?.renderRoot.querySelector<HTMLButtonElement>("button.stop")?.click();
  await sure?.updateComplete;
  const lines = [...(sure?.renderRoot.querySelectorAll("dialog p, dialog li") ?? [])];
  return lines.slice(2).map(({ textContent }) => textContent.trim());
}

test("the question before a no lists the home's deliveries that end with it", async () => {
  const ended = ["panel_ends_deliveries", "Swift Parcels, 17–23"];
  expect(await also("opted_out", false)).toEqual([]);
  expect(await also("opted_out", true)).toEqual(["panel_only_yes", ...ended]);
  expect(await also("withdrawn", false)).toEqual(ended);
});

test("the last no of a home says that no courier comes in anymore", () => {
  const said = (closes: boolean) => saidKept(words, { consent: "opted_out" }, vi.fn(), resident("given", closes)).text;
  expect([said(true), said(false)]).toEqual(["panel_said_last_no", "page_said_opt_out"]);
});

test("each says whose yes it ends", async () => {
  const { root } = await shown("given");
  const said = [...root.querySelectorAll("courier-access-sure")].map((each) => each.nextElementSibling?.textContent);
  expect(said).toEqual(["page_opt_out_says", "page_withdraw_consent_says"]);
});

test("a no asks once, and goes up as what was decided", async () => {
  for (const refusal of ["opted_out", "withdrawn"] as const) {
    const { decided, root } = await shown("given");
    const sure = root.querySelector<Sure>(`[data-decision=${refusal}]`);
    const press = async (selector: string) => {
      sure?.renderRoot.querySelector<HTMLButtonElement>(selector)?.click();
      await sure?.updateComplete;
    };
    await press("button.stop");
    expect(decided).not.toHaveBeenCalled();
    await press("dialog button.stop");
    expect(decided.mock.calls).toEqual([[{ consent: refusal }]]);
  }
});

test("a yes needs the check", async () => {
  const { view, decided, root } = await shown("opted_out");
  const yes = () => root.querySelector<HTMLButtonElement>("button.main");
  expect(yes()?.disabled).toBe(true);
  root.querySelector<HTMLInputElement>("input")?.click();
  await view.updateComplete;
  yes()?.click();
  expect(decided.mock.calls).toEqual([[{ consent: "given", text: { hash: "h", language: "en" } }]]);
});

test("what is saved before somebody confirms the resident is said not to be in effect", () => {
  const pending = { ...resident("given"), waits_for_confirmation: true };
  const undo = vi.fn();
  expect(saidKept(words, { consent: "withdrawn" }, undo, pending)).toEqual({ text: "page_said_pending" });
  expect(saidKept(words, { couriers: { dhl: "deny" } }, undo, pending)).toEqual({ text: "page_said_pending", undo });
  expect(saidKept(words, { digest_at: null }, undo, pending)).toEqual({ text: "panel_kept panel_sharing", undo });
});

test("what was decided is said without a way back", () => {
  const said = (["given", "opted_out", "withdrawn"] as const).map((consent) =>
    saidKept(words, { consent }, vi.fn(), resident("given")),
  );
  expect(said).toEqual([
    { text: "page_said_give_consent" },
    { text: "page_said_opt_out" },
    { text: "page_said_withdraw_consent" },
  ]);
});

const paragraphs = (root: ShadowRoot) => [...root.querySelectorAll("p")].map((each) => each.textContent.trim());

test("the text is shown before and after a yes", async () => {
  expect(paragraphs((await shown("not_given")).root)).toEqual(expect.arrayContaining(TEXT.lines));
  const at = "2026-11-29";
  for (const [agreed, says, lines] of [
    [{ at, number: null, language: "de", lines: ["Es öffnet."] }, `page_consent_given_at ${at} `, ["Es öffnet."]],
    [{ at, number: 3, language: null, lines: null }, `page_consent_before ${at} 3`, TEXT.lines],
    [{ at, number: null, language: null, lines: null }, `page_consent_on_paper ${at} `, TEXT.lines],
  ] as const) {
    const text = { ...TEXT, agreed: agreed as ConsentText["agreed"] };
    const { root } = await shown("given", HERE, false, text);
    expect(paragraphs(root).slice(0, 1 + lines.length)).toEqual([says.trim(), ...lines]);
  }
});

test("there is no yes without the text", async () => {
  const { view, root } = await shown("not_given", HERE, false, undefined as unknown as ConsentText);
  (view as unknown as { text: undefined }).text = undefined;
  root.querySelector<HTMLInputElement>("input")?.click();
  await view.updateComplete;
  expect(root.querySelector<HTMLButtonElement>("button.main")?.disabled).toBe(true);
});

test("a notification leads to its own text, and after a yes the text is read again", async () => {
  history.replaceState(null, "", "?building=b1&text=abc");
  const { view, access, root } = await shown("not_given");
  history.replaceState(null, "", "?");
  expect(access.consentText.mock.calls).toEqual([["b1", "ada", "en", "abc"]]);
  root.querySelector<HTMLInputElement>("input")?.click();
  await view.updateComplete;
  root.querySelector<HTMLButtonElement>("button.main")?.click();
  expect(access.consentText).toHaveBeenCalledTimes(2);
});

test("only the text is shown of a newer one", async () => {
  const { view, root } = await shown("given");
  view.bare = true;
  await view.updateComplete;
  expect([paragraphs(root), buttons(root)]).toEqual([TEXT.lines, []]);
});

test("a block by somebody else in the home is said before and after the yes", async () => {
  for (const consent of ["not_given", "given", "withdrawn"] as const) {
    const { view, root } = await shown(consent);
    expect(root.textContent).not.toContain("page_shut_kept_out");
    view.resident = { ...resident(consent), shut: "withdrawn" };
    await view.updateComplete;
    expect(root.textContent?.includes("page_shut_kept_out")).toBe(consent !== "withdrawn");
  }
  const blocked = { ...resident("not_given"), shut: "withdrawn" };
  expect(saidKept(words, { consent: "given" }, vi.fn(), blocked).text).toBe(
    "page_said_give_consent page_shut_kept_out",
  );
  expect(saidKept(words, { consent: "given" }, vi.fn(), resident("not_given")).text).toBe("page_said_give_consent");
});
