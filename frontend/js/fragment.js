// The one door through which HTML from the server enters a page that is already open.
// Trusted Types lets no other code write HTML: the policy is named in the Content-Security-Policy.
const policy = globalThis.trustedTypes?.createPolicy("alongside", { createHTML: (html) => html });

/** Fetch a fragment of our own origin. Returns null when it may not be shown (another page, an error page). */
export async function fetchFragment(url, options = {}) {
  const target = new URL(url, location.href);
  if (target.origin !== location.origin) throw new TypeError("A fragment comes from our own server only");
  const headers = { "X-Fragment": "1", ...options.headers };
  const answer = await fetch(target, { ...options, headers, credentials: "same-origin" });
  const isFragment = answer.headers.get("X-Fragment") === "1" && !answer.redirected;
  return isFragment ? { html: await answer.text(), status: answer.status } : null;
}

export function showFragment(region, html) {
  region.innerHTML = policy ? policy.createHTML(html) : html;
}
