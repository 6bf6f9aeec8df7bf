// Sealing to the agency (RFC 9180, HPKE): this phone can write a contact and can't read it back.
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import table from "../../alongside/phone/event.json";
import { bytes } from "./text.js";

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** `event` as bytes for the agency alone: encapsulated key, then ciphertext. `event` holds what event.json names. */
export async function sealed(settings, event) {
  const known = Object.keys(table.fields);
  const told = Object.fromEntries(known.filter((name) => event[name] !== undefined).map((name) => [name, event[name]]));
  const key = await suite.kem.deserializePublicKey(bytes(settings.key));
  const info = new TextEncoder().encode(`outbox:v1:${settings.agency}`);
  const plain = new TextEncoder().encode(JSON.stringify({ ...told, version: table.version, device: settings.device }));
  const { enc, ct } = await suite.seal({ recipientPublicKey: key, info }, plain);
  const whole = new Uint8Array(enc.byteLength + ct.byteLength);
  whole.set(new Uint8Array(enc));
  whole.set(new Uint8Array(ct), enc.byteLength);
  return whole;
}
