// Light or dark by choice. Without a choice the page follows the device.
const device = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

export function themeSwitch(button) {
  const root = document.documentElement;
  const words = button.querySelector("[data-words]");
  const show = () => {
    const dark = (root.dataset.theme ?? device()) === "dark";
    words.textContent = dark ? button.dataset.toLight : button.dataset.toDark;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = (root.dataset.theme ?? device()) === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // the choice then lasts for this page
    }
    show();
  });
  show();
}
