// @ts-check
/** Dragging a person: what may be picked up, where it may be put down, and what happens then. */

import { carried, over } from "./store.js";
import { move } from "./wishes.js";

/** Our own type, so that a link or a picture dropped here is nobody's move. */
const TYPE = "application/x-rondo-attendee";

function putDown() {
  carried.value = null;
  over.value = null;
}

/**
 * What makes a row something to pick up.
 * @param {string} attendee
 * @param {boolean} movable
 */
export function source(attendee, movable) {
  if (!movable) return {};
  return {
    draggable: true,
    onDragStart: (/** @type {DragEvent} */ event) => {
      event.dataTransfer?.setData(TYPE, attendee);
      if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
      // Chrome gives up a drag whose page changes in the very event that begins it.
      setTimeout(() => {
        carried.value = attendee;
      });
    },
    onDragEnd: putDown,
  };
}

/** Off every place nothing is below the pointer; "leave" is no help, it also comes between the parts of one card. */
export function watchTheGaps() {
  document.addEventListener("dragenter", (event) => {
    const place = /** @type {Element} */ (event.target).closest?.("[data-place]");
    if (!place) over.value = null;
  });
}

/**
 * What makes a card a place to put somebody down. A room of null is a new one.
 * @param {string} place where a refusal is shown
 * @param {string|null} room
 * @param {boolean} legal
 */
export function target(place, room, legal) {
  return {
    "data-place": place,
    onDragEnter: () => {
      if (carried.value) over.value = place;
    },
    onDragOver: (/** @type {DragEvent} */ event) => {
      if (!carried.value) return;
      if (legal) event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = legal ? "move" : "none";
    },
    onDrop: (/** @type {DragEvent} */ event) => {
      const attendee = event.dataTransfer?.getData(TYPE) || carried.value;
      putDown();
      if (!attendee || !legal) return;
      event.preventDefault();
      move(place, attendee, room);
    },
  };
}
