// The shift screen. It works without a connection, and shows only what this moment needs: a contact in a few taps.
import { hasList, openList } from "./list.js";
import { opens } from "./pin.js";
import { sealed } from "./seal.js";
import { send } from "./send.js";
import { forget, keep, kept, put, waiting, wipe } from "./store.js";
import { text } from "./text.js";

const LOCK_AFTER_MS = 2 * 60 * 1000;
const SKEW_TOLD_SECONDS = 10 * 60;
const MOST_WRONG_PINS = 5;
const SAVED_TOLD_MS = 60_000;
const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 5 * 60_000;

const root = document.getElementById("app");
const at = (id) => document.getElementById(id);
const form = at("contact");
// In memory only: gone when the app locks or closes.
const now = { settings: null, shift: null, list: null, event: null, wrong: 0, hiddenAt: 0, savedAt: 0 };

// --- screens

function show(name) {
  for (const each of root.querySelectorAll("[data-screen]")) each.hidden = each.dataset.screen !== name;
  root.querySelector(`[data-screen="${name}"] h1`).focus({ preventScroll: true });
  scrollTo(0, 0);
  if (name === "home") drawHome();
  if (name === "more") drawMore();
}

const say = (words) => (at("status").textContent = words);
const clock = (moment) => new Date(moment).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

async function drawHome() {
  const open = now.list !== null;
  const there = now.shift === "hers" && !open && Boolean(now.settings.passkey) && (await hasList());
  at("list-closed").hidden = !there;
  at("list-none").hidden = there || open;
  at("list-open").hidden = !open;
  const night = now.shift === "hers" ? await kept("night") : undefined;
  now.night = night?.shift;
  at("begin-shift").hidden = Boolean(night);
  at("on-shift").hidden = at("out-since").hidden = !night;
  if (night) at("out-since").textContent = `Out since ${clock(night.since)}.${night.safe ? ` Last safety call ${clock(night.safe)}.` : ""}`;
  at("start-not-seen").hidden = !open || now.list.women.length === 0;
  if (open) at("list-open").textContent = `Tonight’s list is open: ${now.list.women.length}. It is deleted at ${clock(now.list.until)}.`;
}

async function drawStatus() {
  const { length } = await waiting();
  const sentAt = await kept("sent_at");
  const saved = Date.now() - now.savedAt < SAVED_TOLD_MS ? "Saved on this phone. " : "";
  say(length ? `${saved}${length} waiting` : sentAt ? `All sent ${clock(sentAt)}` : "");
  const skew = (await kept("skew")) ?? 0;
  at("clock").hidden = Math.abs(skew) < SKEW_TOLD_SECONDS;
  at("clock").textContent = `This phone’s clock is ${apart(Math.abs(skew))} ${skew > 0 ? "fast" : "slow"}. Times are put right when they arrive.`;
}

function apart(seconds) {
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}

async function drawMore() {
  const all = await waiting();
  const stuck = all.filter((each) => each.state === "refused").length;
  const words = all.length ? `${all.length} waiting to be sent` : "Nothing is waiting";
  at("more-waiting").textContent = stuck ? `${words}; ${stuck} of them for the office to look at` : words;
  at("save-file").disabled = all.length === 0;
}

// --- lock

function lock() {
  now.shift = now.list = now.event = now.night = null;
  form.reset();
  at("end-form").reset();
  at("people").replaceChildren();
  at("alerts").replaceChildren();
  at("contact-heading").textContent = "Someone";
  document.activeElement?.blur();
  show("lock");
}

async function unlock(event) {
  event.preventDefault();
  const pin = at("pin").value;
  at("pin").value = "";
  const opened = pin ? await opens(pin, now.settings.boxes) : null;
  at("pin-wrong").hidden = opened !== null;
  if (opened === null) {
    now.wrong += 1;
    if (now.wrong >= MOST_WRONG_PINS) await forget("list");
    return at("pin").focus();
  }
  now.wrong = 0;
  now.shift = opened;
  // The second PIN: the list goes at once, and the phone is taken out of use as soon as it reaches us.
  if (opened === "none") {
    await forget("list", "planned", "night");
    await keep("leaving", true);
    now.settings = { ...now.settings, passkey: null };
    await keep("phone", now.settings);
  }
  show("home");
  trySending();
}

// --- a contact

function chooseWho(outcome) {
  now.event = { outcome };
  const rows = (now.list?.women ?? []).map((woman) => {
    const row = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ph-person";
    button.append(woman.called);
    if (woman.why) button.append(Object.assign(document.createElement("span"), { className: "ph-person__why", textContent: woman.why }));
    button.addEventListener("click", () => startContact(woman));
    row.append(button);
    return row;
  });
  at("people").replaceChildren(...rows);
  at("someone-else").hidden = outcome === "not_seen";
  if (!rows.length) return startContact(null);
  show("who");
}

function startContact(woman) {
  form.reset();
  for (const each of form.querySelectorAll("[data-counted]")) count(each, 0);
  const met = now.event.outcome === "met";
  for (const each of form.querySelectorAll("[data-for=met]")) each.hidden = !met;
  form.querySelector("[data-for=someone]").hidden = Boolean(woman) || !met;
  at("contact-heading").textContent = woman ? woman.called : "Someone not on the list";
  at("alerts").replaceChildren(
    ...(woman?.alerts ?? []).map((words) => Object.assign(document.createElement("li"), { textContent: words })),
  );
  at("alerts").hidden = !woman?.alerts?.length;
  at("not-saved").hidden = true;
  at("more-answers").open = false;
  now.event.record = woman?.record;
  chosenBefore();
  show("contact");
}

// Where they were a moment ago is where they are now.
function chosenBefore() {
  for (const name of ["place", "area"]) {
    const before = now.before?.[name];
    const box = before && form.querySelector(`[name="${name}"][value="${CSS.escape(before)}"]`);
    if (box) box.checked = true;
  }
  drawHexagons();
  at("hexagon").value = now.before?.hexagon ?? "";
}

// The hexagons of the area that is chosen: no finer place can be told.
function drawHexagons() {
  const chosen = form.querySelector('[name="area"]:checked')?.value;
  const cells = (now.settings.areas ?? []).find(({ id }) => id === chosen)?.hexagons ?? [];
  at("hexagons").hidden = cells.length === 0;
  at("hexagon").replaceChildren(new Option("Not said", ""), ...cells.map(({ id, words }) => new Option(words, id)));
}

function told() {
  const data = new FormData(form);
  const one = (name) => data.get(name)?.trim() || undefined;
  const where = { place: one("place") ?? "street", area: one("area"), hexagon: one("hexagon") };
  now.before = where;
  const base = { op: crypto.randomUUID(), at: new Date().toISOString(), ...now.event, ...where, shift: now.night ?? now.list?.shift ?? undefined };
  if (base.outcome !== "met") return base;
  const counts = [...form.querySelectorAll("[data-given]")].map((each) => [each.dataset.value, Number(each.dataset.given)]);
  return {
    ...base,
    called: base.record ? undefined : one("called"),
    staying: one("staying"),
    topics: data.getAll("topics"),
    given: Object.fromEntries(counts),
    worry: one("worry"),
    next_step: one("next_step"),
    note: one("note"),
  };
}

async function save(event) {
  event.preventDefault();
  if (!now.event) return;
  const event_ = told();
  now.event = null; // a second tap on Save saves nothing twice
  try {
    await put({ op: event_.op, sealed: await sealed(now.settings, event_) });
  } catch {
    now.event = { outcome: event_.outcome, record: event_.record };
    at("not-saved").hidden = false;
    return;
  }
  form.reset();
  now.savedAt = Date.now();
  show("home");
  await drawStatus();
  trySending();
}

// --- the shift: begun, a safety call, ended. Each is told in an envelope of its own, when there is a connection.

async function tellOfShift(kind, shift, more = {}) {
  const op = crypto.randomUUID();
  const event = { op, at: new Date().toISOString(), kind, shift, ...more };
  await put({ op, sealed: await sealed(now.settings, event) });
  now.savedAt = Date.now();
}

async function beginShift() {
  at("begin-shift").disabled = true; // a second tap begins nothing twice
  try {
    const shift = (await kept("planned")) ?? crypto.randomUUID();
    await tellOfShift("begin", shift);
    await keep("night", { shift, since: Date.now() });
    await forget("planned");
  } finally {
    at("begin-shift").disabled = false;
  }
  await afterShift();
}

async function safetyCall() {
  const night = await kept("night");
  if (!night) return;
  await tellOfShift("safe", night.shift);
  await keep("night", { ...night, safe: Date.now() });
  await afterShift();
}

async function endShift(event) {
  event.preventDefault();
  const night = await kept("night");
  if (!night || now.ending) return;
  now.ending = true;
  const data = new FormData(at("end-form"));
  const handOver = data.get("hand_over")?.trim() || undefined;
  const said = [...data].filter(([name, value]) => name !== "hand_over" && value).map(([name, value]) => `${name}:${value}`);
  try {
    await tellOfShift("end", night.shift, { said, hand_over: handOver });
    await forget("night");
    at("end-form").reset();
  } catch {
    at("end-not-saved").hidden = false;
    return;
  } finally {
    now.ending = false;
  }
  await afterShift();
}

async function afterShift() {
  show("home");
  await drawStatus();
  trySending();
}

function count(chip, number) {
  if (number) chip.dataset.given = number;
  else delete chip.dataset.given;
  chip.querySelector("[data-number]").textContent = number ? ` × ${number}` : "";
  chip.querySelector("[data-less]").hidden = !number;
}

// --- sending

let retry;
let wait = FIRST_RETRY_MS;

async function trySending() {
  clearTimeout(retry);
  if (!now.settings) return;
  try {
    // An empty shift stays on the screen even when everything below it was deleted.
    const went = await send({ mayWipe: now.shift !== "none" });
    if (went.wiped) return gone();
    if (went.forgot) forgetList();
    at("unknown").hidden = !went.unknown;
    wait = FIRST_RETRY_MS;
    if (went.waiting) throw new Error("Something still waits");
  } catch {
    retry = setTimeout(trySending, wait);
    wait = Math.min(wait * 2, LAST_RETRY_MS);
    askForBackground();
  }
  await drawStatus();
}

async function askForBackground() {
  try {
    const registration = await navigator.serviceWorker.ready;
    await registration.sync?.register("outbox");
  } catch {
    // not on this phone: it sends while it is open
  }
}

/** A woman on it is not hers to know about any more: the list goes from the screen too. A new one can be taken. */
function forgetList() {
  now.list = null;
  at("people").replaceChildren();
  at("alerts").replaceChildren();
  drawHome();
}

async function gone() {
  for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
  Object.assign(now, { settings: null, shift: null, list: null, event: null });
  at("people").replaceChildren();
  say("");
  show("gone");
}

async function saveFile() {
  const all = await waiting();
  const envelopes = all.map(({ op, number, sealed: raw }) => ({ op, number, sealed: text(raw) }));
  const whole = JSON.stringify({ version: 1, device: now.settings.device, envelopes });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([whole], { type: "application/octet-stream" }));
  link.download = "waiting.sealed";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function leave() {
  const { length } = await waiting();
  const question = length
    ? `${length} waiting to be sent. They are sent first; then this phone deletes everything. Go on?`
    : "This phone deletes everything it holds. Go on?";
  if (!confirm(question)) return;
  await forget("list");
  await keep("leaving", true);
  await trySending();
}

// --- begin

function listen() {
  for (const each of root.querySelectorAll("[data-show]")) each.addEventListener("click", () => show(each.dataset.show));
  for (const each of root.querySelectorAll("[data-start]")) each.addEventListener("click", () => chooseWho(each.dataset.start));
  at("someone-else").addEventListener("click", () => startContact(null));
  at("unlock").addEventListener("submit", unlock);
  form.addEventListener("submit", save);
  at("begin-shift").addEventListener("click", beginShift);
  at("safety-call").addEventListener("click", safetyCall);
  at("end-form").addEventListener("submit", endShift);
  at("end-form").addEventListener("pointerdown", rememberChecked);
  at("end-form").addEventListener("click", takeBack);
  for (const chip of form.querySelectorAll("[data-counted]")) {
    const given = () => Number(chip.dataset.given ?? 0);
    chip.querySelector("[data-add]").addEventListener("click", () => count(chip, Math.min(given() + 1, 99)));
    chip.querySelector("[data-less]").addEventListener("click", () => count(chip, given() - 1));
  }
  form.addEventListener("pointerdown", rememberChecked);
  form.addEventListener("click", takeBack);
  form.addEventListener("click", (event) => event.target.name === "area" && drawHexagons());
  at("open-list").addEventListener("click", async () => {
    at("list-refused").hidden = true;
    now.list = await openList(now.settings).catch(() => null);
    at("list-refused").hidden = now.list !== null;
    drawHome();
  });
  at("send-now").addEventListener("click", trySending);
  at("lock-now").addEventListener("click", lock);
  at("save-file").addEventListener("click", saveFile);
  at("leave").addEventListener("click", leave);
  addEventListener("online", trySending);
  document.addEventListener("visibilitychange", looked);
}

// A second tap on an answer takes it back: it was not asked after all. Not the kind of place, which is always told.
let checkedBefore = null;
function rememberChecked(event) {
  const box = event.target.closest(".ph-choice")?.querySelector("input[type=radio]");
  checkedBefore = box?.checked && box.name !== "place" ? box : null;
}
function takeBack(event) {
  if (event.target === checkedBefore) checkedBefore.checked = false;
  checkedBefore = null;
}

let lockTimer;
function looked() {
  clearTimeout(lockTimer);
  if (!now.settings || now.shift === null) return;
  if (document.hidden) {
    now.hiddenAt = Date.now();
    lockTimer = setTimeout(lock, LOCK_AFTER_MS);
  } else if (Math.abs(Date.now() - now.hiddenAt) >= LOCK_AFTER_MS) lock();
  else trySending();
}

function drawAreas(areas) {
  at("areas").hidden = areas.length === 0;
  at("area-choices").replaceChildren(
    ...areas.map(({ id, words }) => {
      const label = Object.assign(document.createElement("label"), { className: "ph-choice" });
      const box = Object.assign(document.createElement("input"), { type: "radio", name: "area", value: id });
      label.append(box, Object.assign(document.createElement("span"), { textContent: words }));
      return label;
    }),
  );
}

async function begin() {
  listen();
  registerService();
  now.settings = (await kept("phone")) ?? null;
  if (!now.settings) return show("unset");
  drawAreas(now.settings.areas ?? []);
  show("lock");
  await hasList(); // deletes one that is over
  await drawStatus();
  trySending();
}

function registerService() {
  const policy = globalThis.trustedTypes?.createPolicy("alongside-phone", { createScriptURL: (address) => address });
  const address = root.dataset.service;
  navigator.serviceWorker?.register(policy ? policy.createScriptURL(address) : address, { scope: "/phone/" }).catch(() => {});
}

begin();
