// Sending what waits, one envelope at a time, oldest first. An envelope leaves the phone's outbox only after the server
// said that it is committed; sending it again changes nothing there.
import { arrived, forget, keep, kept, mark, waiting, wipe } from "./store.js";
import { text } from "./text.js";

const PATIENCE_MS = 20_000;

async function post(settings, body) {
  const answer = await fetch("/phone/sync/", {
    method: "POST",
    credentials: "omit", // the phone's own secret lets it in, not the worker's session
    headers: { Authorization: `Bearer ${settings.token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ ...body, clock: new Date().toISOString() }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return { status: answer.status, said: answer.ok ? await answer.json() : null };
}

/** Send all that waits. Resolves with how it went: `unknown` (this phone is not known there), `wiped`, `waiting`. */
export function send({ mayWipe }) {
  return navigator.locks.request("sending", () => sendInTurn(mayWipe));
}

async function sendInTurn(mayWipe) {
  const settings = await kept("phone");
  if (!settings) return { waiting: 0 };
  const leaving = (await kept("leaving")) === true;
  let last = null;
  for (const envelope of await waiting()) {
    const { op, number, sealed } = envelope;
    const { status, said } = await post(settings, { op, number, sealed: text(sealed) });
    if (status === 404) return { unknown: true, waiting: (await waiting()).length };
    if (status === 409) await mark(envelope, "refused");
    else if (!said) throw new Error(`The server answered ${status}`);
    else {
      await arrived(op, said.received_at);
      last = said;
    }
  }
  if (leaving || !last) {
    const { status, said } = await post(settings, leaving ? { leave: true } : {});
    if (status === 404) return { unknown: true, waiting: (await waiting()).length };
    if (!said) throw new Error(`The server answered ${status}`);
    if (leaving) await forget("leaving");
    last = said;
  }
  await keep("skew", last.skew_seconds);
  const forgot = last.wipe || last.forget_list;
  if (forgot) await forget("list");
  const left = (await waiting()).length;
  if (last.wipe && mayWipe && !left) {
    await wipe();
    return { wiped: true, waiting: 0 };
  }
  return { waiting: left, forgot };
}
