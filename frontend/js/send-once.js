// A form is sent once, and a step that cannot be undone is asked about first.
export function sendOnce(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (sent || (question && !confirm(question))) {
      event.preventDefault();
      return;
    }
    sent = true;
  });
  // A page that comes back from the browser's own memory may be sent again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) sent = false;
  });
}
