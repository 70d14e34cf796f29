// Shows how far something long is, as the service tells it. Without this file the page asks anew by
// itself, every few seconds.
"use strict";
(() => {
  const shown = document.getElementById("progress");
  if (!shown) return;
  // The page without it refreshes itself: this one must not, under whoever reads it.
  const here = new URL(location.href);
  if (here.searchParams.get("live") !== "1") {
    here.searchParams.set("live", "1");
    location.replace(here.href);
    return;
  }
  const text = document.getElementById("progress-text");
  const number = new Intl.NumberFormat("en-US");
  const end = () => {
    source.close();
    here.searchParams.delete("live");
    location.replace(here.href);
  };
  const source = new EventSource(shown.dataset.events);
  let saidAt = 0;
  source.addEventListener("progress", (event) => {
    const { done, total } = JSON.parse(event.data);
    if (total === 0) return;
    shown.max = total;
    shown.value = done;
    // Read aloud, so not at each step.
    if (Date.now() - saidAt < 2000) return;
    saidAt = Date.now();
    text.textContent = shown.dataset.words
      .replace("{done}", number.format(done))
      .replace("{total}", number.format(total));
  });
  source.addEventListener("end", end);
  // The service stopped, or the session ended: what the page says then is true again.
  source.addEventListener("error", end);
})();
