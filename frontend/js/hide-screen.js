// Someone is looking. Cover first, then leave; the page left behind is replaced, so Back does not show it again.
const WINDOW_MS = 5000;
const WAIT_MS = 1500;

function cover() {
  const sheet = document.createElement("div");
  sheet.className = "al-cover";
  sheet.setAttribute("role", "alert");
  sheet.textContent = "Loading";
  document.body.replaceChildren(sheet);
  document.title = "Loading";
}

export function hideScreen(form) {
  const body = () => new URLSearchParams(new FormData(form));
  const leave = async () => {
    const { action, dataset } = form;
    const data = body();
    cover();
    const ended = fetch(action, { method: "POST", body: data, keepalive: true, redirect: "manual" });
    const waited = new Promise((done) => setTimeout(done, WAIT_MS));
    await Promise.race([ended.catch(() => {}), waited]);
    location.replace(dataset.away);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (event.key !== "Shift") {
      presses = []; // capital letters are typing, not a call for help
      return;
    }
    const now = Date.now();
    presses = [...presses.filter((at) => now - at < WINDOW_MS), now];
    if (presses.length >= 3) leave();
  });
}
