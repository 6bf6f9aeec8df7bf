// Long work: ask for the fragment again until the server says that it is finished.
import { fetchFragment, showFragment } from "./fragment.js";

export function progress(region) {
  const every = Number(region.dataset.everySeconds) * 1000;
  let misses = 0;
  const look = async () => {
    if (document.hidden) return setTimeout(look, every);
    const found = await fetchFragment(region.dataset.url).catch(() => null);
    misses = found ? 0 : misses + 1;
    if (found) showFragment(region, found.html);
    const state = region.querySelector("[data-progress]")?.dataset;
    if (state?.progress !== "running" && state?.next) return location.assign(state.next);
    if (state?.progress === "running" && misses < 5) setTimeout(look, every * (misses + 1));
  };
  setTimeout(look, every);
}
