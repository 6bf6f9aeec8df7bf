// Keeps the app's own files for when there is no signal, and sends what waits when there is one again.
// The server puts the list of files before this line: SHELL = {name, files}.
import { send } from "./send.js";

self.addEventListener("install", (event) => {
  const fill = async () => {
    const cache = await caches.open(SHELL.name);
    await cache.addAll(SHELL.files.map((file) => new Request(file, { cache: "reload", credentials: "omit" })));
    await self.skipWaiting();
  };
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name !== SHELL.name) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

// Only the files of the app itself, and only whole ones: no answer about anyone is ever kept.
self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || !SHELL.files.includes(pathname)) return;
  const answer = async () => {
    const cache = await caches.open(SHELL.name);
    return (await cache.match(pathname)) ?? fetch(event.request);
  };
  event.respondWith(answer());
});

self.addEventListener("sync", (event) => {
  if (event.tag !== "outbox") return;
  const again = async () => {
    // Deleting everything under an open window is that window's own business: it knows what it is showing.
    const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    await send({ mayWipe: windows.length === 0 });
  };
  event.waitUntil(again());
});
