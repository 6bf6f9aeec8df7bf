// The one page of the app that needs a connection and a signed-in worker: setting a phone up, and fetching tonight's list.
import { keepList, listPasskey } from "./list.js";
import { boxes } from "./pin.js";
import { keep, kept, waiting } from "./store.js";

const at = (id) => document.getElementById(id);
const page = at("ready");
const SHORTEST_PIN = 4;

async function post(form, body = new FormData(form)) {
  body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
  if (answer.type === "opaqueredirect") {
    location.reload(); // she is asked to prove that it is she, and comes back here
    return new Promise(() => {});
  }
  if (!answer.ok) throw new Error(`The server answered ${answer.status}`);
  return answer.json();
}

function fault(id, words) {
  at(id).textContent = words;
  at(id).hidden = !words;
  if (words) at(id).focus();
}

async function draw() {
  const settings = await kept("phone");
  at("new-phone").hidden = Boolean(settings);
  at("this-phone").hidden = !settings;
  if (!settings) return;
  const other = settings.agency !== page.dataset.agency;
  at("other-agency").hidden = !other;
  at("get-list").hidden = other || !settings.passkey;
  at("no-passkey").hidden = other || Boolean(settings.passkey);
}

async function setUp(event) {
  event.preventDefault();
  const form = event.target;
  const [pin, again, second] = ["pin", "pin-again", "second-pin"].map((id) => at(id).value.trim());
  if (pin.length < SHORTEST_PIN) return fault("set-up-fault", `Choose a PIN of at least ${SHORTEST_PIN} digits`);
  if (pin !== again) return fault("set-up-fault", "The two PINs are not the same: type them again");
  if (second && second.length < SHORTEST_PIN) return fault("set-up-fault", `The second PIN needs at least ${SHORTEST_PIN} digits too`);
  if (second === pin) return fault("set-up-fault", "The second PIN must be another one than the first");
  fault("set-up-fault", "");
  at("set-up-button").disabled = true;
  try {
    const passkey = at("with-list").checked ? await listPasskey() : null;
    const made = boxes(pin, second);
    // Only the name of the phone leaves it: a PIN never does.
    const body = new FormData();
    body.set("name", at("name").value);
    const given = await post(form, body);
    await navigator.storage?.persist?.();
    await keep("phone", { ...given, passkey, boxes: await made });
    form.reset();
    await draw();
    at("this-phone").focus();
  } catch {
    fault("set-up-fault", "It could not be set up. Check the connection and try again");
  } finally {
    at("set-up-button").disabled = false;
  }
}

async function getList(event) {
  event.preventDefault();
  fault("list-fault", "");
  at("list-done").textContent = "";
  const settings = await kept("phone");
  const body = new FormData();
  body.set("device", settings.device);
  try {
    const given = await post(event.target, body);
    await keep("phone", { ...settings, areas: given.areas, key: given.key });
    await keep("planned", given.planned);
    await keepList(settings, given.list);
    at("list-done").textContent = `Tonight’s list is on this phone, sealed, for 12 hours: ${given.list.women.length}.`;
  } catch {
    fault("list-fault", "The list was not put on this phone. Check the connection, and that this phone is still in use");
  }
}

at("set-up").addEventListener("submit", setUp);
at("get-list").addEventListener("submit", getList);
draw();
waiting().then((all) => (at("waiting-here").textContent = all.length ? `${all.length} waiting on this phone` : ""));
