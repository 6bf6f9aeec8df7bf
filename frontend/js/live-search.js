// A search form that answers while she types. The words travel in the body, never in the address.
// Without this module it is an ordinary form that is sent with its button.
import { fetchFragment, showFragment } from "./fragment.js";

const PAUSE_MS = 200;

export function liveSearch(form) {
  const region = document.getElementById(form.dataset.results);
  const status = document.getElementById(form.dataset.status);
  if (!region || !status) return;
  let timer;
  let running;

  const ask = async () => {
    running?.abort();
    const mine = (running = new AbortController());
    region.setAttribute("aria-busy", "true");
    try {
      const body = new URLSearchParams(new FormData(form));
      const found = await fetchFragment(form.action, { method: "POST", body, signal: mine.signal });
      if (mine.signal.aborted) return;
      if (!found) return form.submit(); // signed out, or a fault: let the whole page say so
      showFragment(region, found.html);
      const summary = region.querySelector("[data-summary]");
      status.textContent = summary ? summary.textContent.trim() : "";
    } catch (fault) {
      if (fault.name !== "AbortError") status.textContent = form.dataset.offline;
    } finally {
      if (running === mine) region.removeAttribute("aria-busy");
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    ask();
  });
}
