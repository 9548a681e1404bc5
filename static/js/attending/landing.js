/** The event's page: the time on the visitor's own clock, and buttons that need a script. */

/** @param {HTMLElement} place holds the start of the event as ISO text */
function tellLocalTime(place) {
  const start = new Date(place.dataset.localTime ?? "");
  if (Number.isNaN(start.getTime())) return;
  const words = { weekday: "long", hour: "2-digit", minute: "2-digit", timeZoneName: "short" };
  const here = new Intl.DateTimeFormat([], /** @type {Intl.DateTimeFormatOptions} */ (words));
  place.textContent = ` For you: ${here.format(start)}.`;
  place.hidden = false;
}

for (const place of document.querySelectorAll("[data-local-time]")) {
  if (place instanceof HTMLElement) tellLocalTime(place);
}
for (const button of document.querySelectorAll("[data-needs-script]")) button.removeAttribute("hidden");
