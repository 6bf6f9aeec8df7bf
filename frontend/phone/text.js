// Bytes as text and back (base64).
export const text = (raw) => btoa(Array.from(new Uint8Array(raw), (byte) => String.fromCharCode(byte)).join(""));
export const bytes = (words) => Uint8Array.from(atob(words), (letter) => letter.charCodeAt(0));
export const random = (length) => crypto.getRandomValues(new Uint8Array(length));
