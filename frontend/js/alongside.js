// Every behaviour of the pages, one module each, bound by data-module. A page works without any of them.
import {
  Button, CharacterCount, Checkboxes, createAll, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink,
} from "govuk-frontend";
import { draft } from "./draft.js";
import { hideScreen } from "./hide-screen.js";
import { liveSearch } from "./live-search.js";
import { progress } from "./progress.js";
import { sendOnce } from "./send-once.js";
import { shortcuts } from "./shortcuts.js";
import { themeSwitch } from "./theme-switch.js";

const OURS = {
  draft,
  "hide-screen": hideScreen,
  "live-search": liveSearch,
  progress,
  "send-once": sendOnce,
  shortcuts,
  "theme-switch": themeSwitch,
};

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const [name, start] of Object.entries(OURS)) {
  for (const element of document.querySelectorAll(`[data-module~="${name}"]`)) start(element);
}
for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink]) {
  createAll(component);
}
