// Runs before the first paint, so that a chosen theme does not flash. Classic script, no dependency.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {
    return; // storage may be forbidden: the device's own setting then counts
  }
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
})();
