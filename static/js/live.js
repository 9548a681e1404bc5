// @ts-check
/** The attendee's one page, from the device check to the closing: starts the modules and draws the picture of the moment. */

import { Foot } from "./elements/foot.js";
import { Main } from "./elements/main.js";
import { Over } from "./elements/over.js";
import { Top } from "./elements/top.js";
import { page } from "./lib/page.js";
import { effect, h, render } from "./lib/view.js";
import { devices, startStudio } from "./media/studio.js";
import { enter, startEvening } from "./state/evening.js";
import { checked, event, line, room, scene } from "./state/store.js";

/** Facts about the page for style sheets and tests; nothing secret. */
function showFacts() {
  const { dataset } = document.body;
  dataset.scene = scene.value;
  dataset.phase = event.value?.phase ?? "";
  dataset.round = String(event.value?.round ?? "");
  dataset.room = room.value?.id ?? "";
  dataset.line = line.value.state;
  dataset.meaning = line.value.meaning;
  dataset.attendee = page.me.id;
}

/** @param {string} id @param {any} view */
function draw(id, view) {
  const root = document.getElementById(id);
  if (!root) return;
  root.replaceChildren();
  render(h(view, {}), root);
}

/** After a refresh: back to where we were, with the devices we had. */
function resume() {
  if (!checked.value) return;
  if (checked.value === "both") devices.open();
  if (checked.value === "audio") devices.open(["audio"]);
  enter();
}

startStudio();
startEvening();
effect(showFacts);
resume();
draw("top", Top);
draw("main", Main);
draw("foot", Foot);
draw("over", Over);
