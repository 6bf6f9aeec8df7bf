// Two PINs. Each opens a small sealed box that says which of two shifts to show: hers, or an empty one. A phone without
// a second PIN has a second box too, under a PIN nobody knows: the disk does not tell how many there are.
import { bytes, random, text } from "./text.js";

const ROUNDS = 310_000;

async function keyFrom(pin, salt) {
  const typed = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function box(pin, says) {
  const salt = random(16);
  const iv = random(12);
  const plain = new TextEncoder().encode(says); // "hers" and "none" are equally long
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyFrom(pin, salt), plain);
  return { salt: text(salt), iv: text(iv), sealed: text(sealed) };
}

/** The boxes of a PIN and a second one (empty: none), in an order that tells nothing. */
export async function boxes(pin, second) {
  const made = [await box(pin, "hers"), await box(second || text(random(24)), "none")];
  return random(1)[0] % 2 ? made : made.reverse();
}

/** "hers", "none", or null for a wrong PIN. */
export async function opens(pin, all) {
  const found = await Promise.all(
    all.map(async ({ salt, iv, sealed }) => {
      try {
        const key = await keyFrom(pin, bytes(salt));
        return new TextDecoder().decode(
          await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, key, bytes(sealed)),
        );
      } catch {
        return null;
      }
    }),
  );
  return found.find(Boolean) ?? null;
}
