// Tonight's list, sealed under a key that only the worker's passkey on this phone can make again (WebAuthn PRF, HKDF).
// For twelve hours; then it is deleted. A phone whose passkey can't do this holds no list.
import { forget, keep, kept } from "./store.js";
import { bytes, random, text } from "./text.js";

const LIFE_MS = 12 * 3600 * 1000;
const BACKWARDS_MS = 10 * 60 * 1000;

/** A passkey for the list alone. Resolves with its id and salt, or null when this phone can't make such keys. */
export async function listPasskey() {
  const salt = random(32);
  try {
    const made = await navigator.credentials.create({
      publicKey: {
        challenge: random(32),
        rp: { name: "Alongside" },
        user: { id: random(16), name: "Tonight's list", displayName: "Tonight's list" },
        pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
        authenticatorSelection: { userVerification: "required", residentKey: "discouraged" },
        extensions: { prf: { eval: { first: salt } } },
      },
    });
    const told = made.getClientExtensionResults().prf;
    return told?.enabled ? { id: text(made.rawId), salt: text(salt) } : null;
  } catch {
    return null; // no passkey here, or she said no: the phone works without a list
  }
}

async function keyOf(settings, share) {
  const proof = await navigator.credentials.get({
    publicKey: {
      challenge: random(32),
      allowCredentials: [{ type: "public-key", id: bytes(settings.passkey.id) }],
      userVerification: "required",
      extensions: { prf: { eval: { first: bytes(settings.passkey.salt) } } },
    },
  });
  const secret = proof.getClientExtensionResults().prf?.results?.first;
  if (!secret) throw new Error("This passkey gives no key");
  const source = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const info = new TextEncoder().encode(`list:v1:${settings.device}`);
  const how = { name: "HKDF", hash: "SHA-256", salt: bytes(share), info };
  return crypto.subtle.deriveKey(how, source, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** Seal what the server gave ({share, shift, women}) and keep it for twelve hours. */
export async function keepList(settings, given) {
  const { share, ...list } = given;
  const iv = random(12);
  const plain = new TextEncoder().encode(JSON.stringify(list));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(settings, share), plain);
  const from = Date.now();
  await keep("list", { share, iv: text(iv), sealed, from, until: from + LIFE_MS });
}

/** Whether a list lies here that may still be opened. One that is over, or older than the clock says, is deleted. */
export async function hasList() {
  const list = await kept("list");
  if (!list) return false;
  const now = Date.now();
  if (now < list.until && now > list.from - BACKWARDS_MS) return true;
  await forget("list");
  return false;
}

/** {shift, women} in the clear, in memory only. */
export async function openList(settings) {
  if (!(await hasList())) return null;
  const list = await kept("list");
  const key = await keyOf(settings, list.share);
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(list.iv) }, key, list.sealed);
  return { ...JSON.parse(new TextDecoder().decode(plain)), until: list.until };
}
