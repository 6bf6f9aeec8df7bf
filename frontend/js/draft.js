// What is typed is kept on the server while she types: sealed there, hers alone. Nothing is kept in the browser.
const QUIET_MS = 2_000;

export function draft(form) {
  const box = form.querySelector("textarea");
  const status = form.querySelector("[data-draft-status]");
  let timer;
  let kept = box.value;
  let saving = Promise.resolve();

  async function keep() {
    clearTimeout(timer);
    if (box.value === kept) return;
    const typed = box.value;
    const body = new FormData();
    body.set("words", typed);
    body.set("id", form.elements.id.value); // so that a draft that comes after its note is no draft
    body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
      if (answer.status !== 204) throw new Error(`The server answered ${answer.status}`);
      kept = typed;
      const clock = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      status.textContent = `Draft kept ${clock}. Nobody else sees it.`;
    } catch {
      status.textContent = "The draft could not be kept. Your words are still here.";
      timer = setTimeout(later, 5 * QUIET_MS);
    }
  }
  // One after the other, so that an older draft never comes after a newer one.
  const later = () => (saving = saving.then(keep));

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(later, QUIET_MS);
  });
  box.addEventListener("blur", later);
  // What is saved as a note is no draft any more.
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    kept = box.value;
  });
}
