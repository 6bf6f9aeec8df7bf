// What lies on the phone: one database, two stores. `outbox` holds sealed envelopes only; `kept` holds how to reach the
// agency, the boxes that a PIN opens, and tonight's list, sealed. Nothing readable about a woman is ever written.
const NAME = "phone";

function opened() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("kept");
      asked.result.createObjectStore("outbox", { keyPath: "op" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}

// One short connection for each step, so that nothing stands in the way of deleting the database.
async function within(stores, mode, work) {
  const database = await opened();
  try {
    return await new Promise((done, fail) => {
      const step = database.transaction(stores, mode, { durability: "strict" });
      let result;
      step.oncomplete = () => done(result);
      step.onerror = step.onabort = () => fail(step.error ?? new Error("Nothing was saved"));
      work(step, (value) => (result = value));
    });
  } finally {
    database.close();
  }
}

export function kept(name) {
  return within(["kept"], "readonly", (step, give) => {
    step.objectStore("kept").get(name).onsuccess = (event) => give(event.target.result);
  });
}

export function keep(name, value) {
  return within(["kept"], "readwrite", (step) => void step.objectStore("kept").put(value, name));
}

export function forget(...names) {
  return within(["kept"], "readwrite", (step) => {
    for (const name of names) step.objectStore("kept").delete(name);
  });
}

/** Number an envelope and put it into the outbox, both or neither. Resolves once it is on the disk. */
export function put(envelope) {
  return within(["kept", "outbox"], "readwrite", (step) => {
    step.objectStore("kept").get("number").onsuccess = (event) => {
      const number = (event.target.result ?? 0) + 1;
      step.objectStore("kept").put(number, "number");
      step.objectStore("outbox").put({ ...envelope, number });
    };
  });
}

/** Everything that waits, oldest first. */
export async function waiting() {
  const all = await within(["outbox"], "readonly", (step, give) => {
    step.objectStore("outbox").getAll().onsuccess = (event) => give(event.target.result);
  });
  return all.sort((a, b) => a.number - b.number);
}

export function mark(envelope, state) {
  return within(["outbox"], "readwrite", (step) => void step.objectStore("outbox").put({ ...envelope, state }));
}

/** It arrived: gone from here, and when. */
export function arrived(op, at) {
  return within(["kept", "outbox"], "readwrite", (step) => {
    step.objectStore("outbox").delete(op);
    step.objectStore("kept").put(at, "sent_at");
  });
}

/** Delete everything: contents first, as another window may hold the database open. */
export async function wipe() {
  await within(["kept", "outbox"], "readwrite", (step) => {
    step.objectStore("kept").clear();
    step.objectStore("outbox").clear();
  });
  await new Promise((done) => {
    const asked = indexedDB.deleteDatabase(NAME);
    asked.onsuccess = asked.onerror = asked.onblocked = done;
  });
  for (const name of await caches.keys()) await caches.delete(name);
}
