#!/usr/bin/env node
// A courier's back end in one file: signs messages, sends them until they are answered, reads the answers.
//
//   export COURIER_URL=https://building.example/api/webhook/… COURIER_KEY=whsec_…
//   node courier.mjs ping
//   node courier.mjs hours 3B 4A
//   node courier.mjs grant g-7f3a9c21e 3B
//   node courier.mjs enter g-7f3a9c21e
//   node courier.mjs revoke g-7f3a9c21e
//
// With a key pair of your own (whsk_…) and an address of Home Assistant Cloud, COURIER_TO is what the administrator gave you
// with it. If you may use several doors, COURIER_DOOR is the door of a grant, as the answer to a ping names it.
// Node 20 or newer, and nothing else.
// Each retry is printed to standard error. COURIER_PAUSE is the first pause before a retry in seconds, 1 by default.
// Exit status: 0 ok, accepted, admitted or revoked; 1 refused; 2 no decision.

import { createHmac, createPrivateKey, randomUUID, sign } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const SECONDS_FOR_AN_ANSWER = 35; // every request is answered within 30
const SECONDS_FOR_AN_ENTRY = 90; // after 120 it is refused: nobody stands at the door any more
const SECONDS_FOR_THE_REST = 3600;
const MOST_EMPTY_ANSWERS = 5;

const LIKELY_WRONG = `
Five answers without a decision: COURIER_URL is probably wrong, since Home Assistant answers an empty 200 or a 404 for
every address that it doesn't know. Or it is just starting: then try again in a few minutes.`;

const LEAST_ARGUMENTS = { ping: 0, hours: 1, grant: 2, enter: 1, revoke: 1 };
const USAGE = `Set COURIER_URL and COURIER_KEY to what the building's administrator gave you, then
ping | hours UNIT… | grant GRANT_ID UNIT… | enter GRANT_ID | revoke GRANT_ID`;

const WHAT_NOW = {
  courier_disabled: "the administrator has switched you off: ask them",
  door_not_allowed: "not your door: see the answer to a ping",
  paused: "all couriers are kept out for a while: come later, or deliver another way",
  not_accepting: "deliver another way",
  outside_building_hours: "come within the building's hours",
  outside_schedule: "come within next_windows",
  unknown_grant: "announce the delivery first",
  not_yet_valid: "come when the grant's window has begun",
  expired: "announce the delivery again, under another grant_id",
  revoked: "it was taken back, or the building ended it: announce it under another grant_id",
  vetoed: "the residents don't want this delivery: deliver another way",
  declined: "a resident said no at the door: deliver another way",
  no_answer: "nobody answered: ask once more within five minutes, or deliver another way",
  entries_exhausted: "its entries are used up: announce the next delivery under another grant_id",
  stale_revision: "you announced this grant with other content before: raise revision, or choose another grant_id",
  stale_request: "it took too long: ask again if the driver is still there; every time? check your clock",
};

/** The message was not decided: what came back last is in `status` and `body`. */
export class NoDecision extends Error {
  constructor(status, body, hint = "") {
    super(`no decision: ${status} ${JSON.stringify(body)}${hint}`);
    Object.assign(this, { status, body });
  }
}

/**
 * Write a message. Keep `id` and `body` in your database before the first try: they are sent again as they are.
 * `to` is its audience, required with a key pair of your own.
 */
export function compose(type, data, to) {
  const body = JSON.stringify({ type, timestamp: new Date().toISOString(), to, data });
  return { id: `msg_${randomUUID()}`, body };
}

/** Sign a message as it is sent at this second. */
export function signature(key, message, timestamp) {
  const content = Buffer.from(`${message.id}.${timestamp}.${message.body}`);
  const secret = Buffer.from(key.slice(key.indexOf("_") + 1), "base64");
  if (key.startsWith("whsec_")) {
    return `v1,${createHmac("sha256", secret).update(content).digest("base64")}`;
  }
  // An Ed25519 key as PKCS #8: what it is, then its 32 bytes.
  const head = Buffer.from("302e020100300506032b657004220420", "hex");
  const pkcs8 = Buffer.concat([head, secret.subarray(0, 32)]);
  const privateKey = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  return `v1a,${sign(null, content, privateKey).toString("base64")}`;
}

/** Send a message, signed now; return the status, 0 where nothing came back, and the body. */
async function sendOnce(url, key, message) {
  const timestamp = Math.floor(Date.now() / 1000);
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "webhook-id": message.id,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": signature(key, message, timestamp),
      },
      body: message.body,
      redirect: "error",
      signal: AbortSignal.timeout(SECONDS_FOR_AN_ANSWER * 1000),
    });
    const content = await answer.text();
    try {
      return [answer.status, JSON.parse(content) ?? {}];
    } catch {
      return [answer.status, {}];
    }
  } catch (error) {
    return [0, { title: String(error.cause ?? error) }];
  }
}

/** Send a message, under its one id, until it is decided; throw NoDecision where that makes no sense any more. */
export async function send(url, key, message, patience) {
  const ends = Date.now() + patience * 1000;
  let empty = 0;
  for (let pause = Number(process.env.COURIER_PAUSE ?? 1); ; pause = Math.min(pause * 2, 60)) {
    const [status, body] = await sendOnce(url, key, message);
    if (status === 200 && body.decision) return body;
    // As long as Home Assistant starts, it doesn't know the address.
    empty = [200, 404].includes(status) ? empty + 1 : 0;
    if (empty === MOST_EMPTY_ANSWERS) throw new NoDecision(status, body, LIKELY_WRONG);
    // No answer, a 200 that decides nothing, busy, too fast, or broken: later it may be decided.
    const again = [0, 200, 404, 408, 409, 429].includes(status) || status >= 500;
    const wait = (body.retry_after ?? pause * (0.75 + Math.random() / 2)) * 1000;
    if (!again || Date.now() + wait > ends) throw new NoDecision(status, body);
    console.error(`no decision yet: ${status} ${JSON.stringify(body)}; sending again in ${(wait / 1000).toFixed(1)} s`);
    await sleep(wait);
  }
}

const namedDoor = () => process.env.COURIER_DOOR || undefined;

/** Return the type and data of the message that the command line asks for. */
function asked(command, values) {
  const now = new Date();
  const later = (hours) => new Date(now.getTime() + hours * 3_600_000);
  const [grant_id, ...units] = values;
  switch (command) {
    case "ping":
      return ["ping", {}];
    case "hours":
      return ["availability.requested", { units: values, from: now, until: later(7 * 24) }];
    case "grant":
      return ["grant.issued", { grant_id, door: namedDoor(), units, starts_at: now, ends_at: later(2) }];
    case "enter":
      return ["entry.requested", { grant_id }];
    default:
      return ["grant.revoked", { grant_id }];
  }
}

/** Return the error in the administrator's values, as far as it shows without sending. */
function wrongSetting(url, key) {
  if (!/^https?:\/\/[!-~]+$/.test(url)) {
    return "COURIER_URL must be the whole address, beginning with https:// (or http://)";
  }
  if (key.startsWith("whpk_")) {
    return "COURIER_KEY is a public key (whpk_...), which is for the administrator: sign with your private key, whsk_...";
  }
  if (!/^(whsec|whsk)_/.test(key)) {
    return "COURIER_KEY must begin with whsec_ (the secret from the administrator) or whsk_ (your own private key)";
  }
  const [, kind, encoded] = /^([^_]*)_(.*)$/s.exec(key);
  const secret = Buffer.from(encoded, "base64"); // which skips what isn't base64
  const size = secret.toString("base64") === encoded ? secret.length : 0;
  if (kind === "whsec" ? size < 24 || size > 64 : ![32, 64].includes(size)) {
    return "COURIER_KEY is not a whole key: copy it again, to its last character";
  }
  return undefined;
}

async function main([command, ...values]) {
  const { COURIER_URL: url, COURIER_KEY: key } = process.env;
  if (!(url && key && values.length >= LEAST_ARGUMENTS[command])) throw new Error(USAGE);
  const wrong = wrongSetting(url, key);
  if (wrong) throw new Error(wrong);
  const [type, data] = asked(command, values);
  const ofAddress = key.startsWith("whsk_") ? url.slice(url.lastIndexOf("/") + 1) : undefined;
  const to = process.env.COURIER_TO ?? ofAddress;
  const patience = type === "entry.requested" ? SECONDS_FOR_AN_ENTRY : SECONDS_FOR_THE_REST;
  const answer = await send(url, key, compose(type, data, to), patience);
  console.log(JSON.stringify(answer, null, 2));
  if (answer.known === false) console.error("the building has no grant with this id: check the spelling");
  if (answer.decision !== "refused") return 0;
  // Reasons may be added: what is not known is a refusal all the same.
  console.error(`refused, ${answer.reason}: ${WHAT_NOW[answer.reason] ?? "deliver another way"}`);
  return 1;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 2;
  }
}
