import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { Access, type Listener } from "../src/access";
import type { Home } from "../src/home";
import type { Building, WithoutLedger } from "../src/model";

const HOUSE = { building: "b1", name: "12 Elm Street" } as Building;
const YARD = { building: "b2", name: "14 Elm Street" } as Building;

interface Overview {
  buildings: Building[];
  without_ledger: WithoutLedger[];
  not_ready: string[];
}

interface Event extends Overview {
  changed?: Record<string, string[]>;
}

function overview(buildings: Building[], notReady: string[] = [], without: WithoutLedger[] = []): Overview {
  return { buildings, without_ledger: without, not_ready: notReady };
}

/** A connection as Home Assistant's front end has one: a subscription is gone when the connection is. */
class Wire {
  subscriptions: ((event: Event) => void)[] = [];
  ready = new Set<() => void>();
  fault: unknown;
  asked: object[] = [];

  async subscribeMessage(told: (event: Event) => void): Promise<() => Promise<void>> {
    if (this.fault) throw this.fault;
    this.subscriptions.push(told);
    return async () => void (this.subscriptions = this.subscriptions.filter((each) => each !== told));
  }

  async sendMessagePromise(message: { path: string }): Promise<{ path: string }> {
    this.asked.push(message);
    return { path: `${decodeURIComponent(String(message.path))}?authSig=1` };
  }

  addEventListener(_event: string, listener: () => void): void {
    this.ready.add(listener);
  }

  removeEventListener(_event: string, listener: () => void): void {
    this.ready.delete(listener);
  }

  send(event: Event): Promise<void> {
    for (const told of this.subscriptions) told(event);
    return settled();
  }

  /** Lose the connection and have another one. */
  reconnect(): Promise<void> {
    this.subscriptions = [];
    for (const listener of this.ready) listener();
    return settled();
  }
}

function settled(): Promise<void> {
  return vi.advanceTimersByTimeAsync(0).then(() => undefined);
}

function listener() {
  return { changed: vi.fn<Listener["changed"]>(), failed: vi.fn<Listener["failed"]>() };
}

function accessOn(wire: Wire): Access {
  return Access.on(wire as unknown as Home["connection"]);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("all who follow one connection", () => {
  test("share one subscription, which ends with the last of them", async () => {
    const wire = new Wire();
    const [first, second] = [listener(), listener()];
    const leave = accessOn(wire).follow(first);
    await settled();
    await wire.send(overview([HOUSE]));
    const leaveToo = accessOn(wire).follow(second);
    await settled();

    expect(wire.subscriptions).toHaveLength(1);
    expect(second.changed).toHaveBeenCalledOnce();
    expect(accessOn(wire).buildings).toEqual([HOUSE]);

    leave();
    await wire.send({ ...overview([HOUSE]), changed: { b1: ["entries"] } });
    expect(first.changed).toHaveBeenCalledOnce();
    expect(second.changed).toHaveBeenLastCalledWith(true, false);
    leaveToo();
    await settled();
    expect(wire.subscriptions).toHaveLength(0);
    expect(wire.ready.size).toBe(0);
    expect(accessOn(wire).buildings).toBeUndefined();
  });
});

describe("a building that is loaded anew", () => {
  test("stays as it was known until it answers or is gone", async () => {
    const wire = new Wire();
    const access = accessOn(wire);
    access.follow(listener());
    await settled();
    await wire.send(overview([HOUSE, YARD]));

    await wire.send({ ...overview([YARD], ["b1"]), changed: { b1: ["building"] } });
    expect(access.buildings).toEqual([YARD, HOUSE]);
    expect(access.notReady).toEqual(["b1"]);

    const renamed = { ...HOUSE, name: "12 Linden Court" };
    await wire.send({ ...overview([renamed, YARD]), changed: { b1: ["building"] } });
    expect(access.buildings).toEqual([renamed, YARD]);

    await wire.send({ ...overview([YARD]), changed: { b1: ["building"] } });
    expect(access.buildings).toEqual([YARD]);
  });
});

describe("a building that is without its record", () => {
  test("is its owner's to see as that, and no longer as it was", async () => {
    const wire = new Wire();
    const access = accessOn(wire);
    access.follow(listener());
    await settled();
    await wire.send(overview([HOUSE, YARD]));

    const without = { ...HOUSE, fault: "full" };
    await wire.send({ ...overview([YARD], ["b1"], [without]), changed: { b1: ["fault", "owner"] } });
    expect(access.buildings).toEqual([YARD]);
    expect(access.withoutLedger).toEqual([without]);

    await wire.send({ ...overview([HOUSE, YARD]), changed: { b1: ["doors", "owner"] } });
    expect(access.withoutLedger).toEqual([]);
  });
});

describe("a building that is back", () => {
  test("has its entries read again", async () => {
    const wire = new Wire();
    const told = listener();
    accessOn(wire).follow(told);
    await settled();
    await wire.send(overview([HOUSE]));

    await wire.send({ ...overview([HOUSE]), changed: { b1: ["building"] } });

    expect(told.changed).toHaveBeenLastCalledWith(true, false);
  });
});

describe("what an owner sees", () => {
  test("reads as another, without entries being read again", async () => {
    const wire = new Wire();
    const told = listener();
    accessOn(wire).follow(told);
    await settled();
    await wire.send(overview([HOUSE]));

    await wire.send({ ...overview([HOUSE]), changed: { b1: ["owner"] } });

    expect(told.changed).toHaveBeenLastCalledWith(false, true);
  });
});

describe("a connection that was lost", () => {
  test("is followed again, with what was known until then", async () => {
    const wire = new Wire();
    const access = accessOn(wire);
    access.follow(listener());
    await settled();
    await wire.send(overview([HOUSE]));

    await wire.reconnect();
    expect(access.buildings).toEqual([HOUSE]);
    await wire.send(overview([], ["b1"]));
    expect(access.buildings).toEqual([HOUSE]);
    expect(wire.subscriptions).toHaveLength(1);
  });

  test("is tried again while Home Assistant starts and does not know the command", async () => {
    const wire = new Wire();
    const told = listener();
    const leave = accessOn(wire).follow(told);
    await settled();
    wire.fault = { code: "unknown_command", message: "Unknown command." };
    await wire.reconnect();
    expect(told.failed).toHaveBeenCalledWith(wire.fault);
    await vi.advanceTimersByTimeAsync(60_000);

    wire.fault = undefined;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(wire.subscriptions).toHaveLength(1);

    wire.fault = new Error("gone");
    await wire.reconnect();
    leave();
    wire.fault = undefined;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(wire.subscriptions).toHaveLength(0);
  });
});

describe("a picture of a visit", () => {
  test("is loaded from a media folder of this Home Assistant, signed, and from nowhere else", async () => {
    const wire = new Wire();
    const access = accessOn(wire);

    for (const elsewhere of [
      "/local/lobby.jpg",
      "https://elsewhere.example/media/pixel.png",
      "//elsewhere.example/media/pixel.png",
      "/\\elsewhere.example/media/pixel.png",
      "/api/camera_proxy/camera.lobby",
      "/media/../api/camera_proxy/camera.lobby",
      "/media/%2e%2e/api/webhook/secret",
      "data:image/png,/media/",
    ])
      expect(await access.picture(elsewhere), elsewhere).toBeUndefined();
    expect(wire.asked).toEqual([]);

    expect(await access.picture("/media/local/lobby.jpg")).toBe("/media/local/lobby.jpg?authSig=1");
    expect(wire.asked).toEqual([{ type: "auth/sign_path", path: "/media/local/lobby.jpg" }]);
    // What is signed is decoded.
    expect(await access.picture("/media/%2e%2e%2fapi/webhook/spy")).toBeUndefined();
  });
});
