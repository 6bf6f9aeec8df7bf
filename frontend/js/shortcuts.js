// "?" lists the shortcuts. Single letters can be switched off (WCAG 2.1.4) and never fire while typing.
const OFF = "shortcuts-off";
const read = () => {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
};
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]") !== null;

function row(link) {
  const made = (tag, className, ...inside) => {
    const element = Object.assign(document.createElement(tag), { className });
    element.append(...inside);
    return element;
  };
  const key = made("dt", "govuk-summary-list__key", made("kbd", "", link.dataset.shortcut));
  // Without what only counts what waits there.
  const words = made("dd", "govuk-summary-list__value", link.firstChild.textContent.trim());
  return made("div", "govuk-summary-list__row", key, words);
}

export function shortcuts(dialog) {
  const links = [...document.querySelectorAll("[data-shortcut]")];
  dialog.querySelector("dl").append(...links.filter((each) => each.matches("a")).map(row));
  const toggle = dialog.querySelector("[data-shortcuts-off]");
  toggle.checked = read();
  toggle.addEventListener("change", () => {
    try {
      localStorage.setItem(OFF, toggle.checked ? "1" : "0");
    } catch {
      // then only for this page
    }
  });
  document.querySelector("[data-open-shortcuts]")?.addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", (event) => {
    if (toggle.checked || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "?") return dialog.open || dialog.showModal();
    const link = links.find((each) => each.dataset.shortcut === event.key);
    if (link && !dialog.open) {
      event.preventDefault();
      link.matches("a, button") ? link.click() : link.focus();
    }
  });
}
