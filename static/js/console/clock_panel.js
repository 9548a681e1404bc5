// @ts-check
/** The clock and the verbs: where we are, how long, and what a host may do about it. */

import { Icon } from "@/lib/icon.js";
import { html, observed, useEffect, useRef } from "@/lib/view.js";
import { concerned, talkingWords } from "./counts.js";
import { Refusal, Wish } from "./pieces.js";
import { afterwards, phaseTitle } from "./programme.js";
import { Ring } from "./ring.js";
import { asking, board, left, now, phase } from "./store.js";
import { endEvent, verbs } from "./verbs.js";
import { act } from "./wishes.js";
import { digits, timeOfDay } from "./words.js";

/** @typedef {import("./verbs.js").Verb} Verb */
/** @typedef {import("../protocol.js").EventView} EventView */

/** @returns {Verb[]} what is offered now, "end event" last */
export function offered() {
  const current = board.value;
  if (!current.event) return [];
  const people = concerned(current);
  const end = endEvent(current.event, people);
  return [...verbs(current.event, people), ...(end ? [end] : [])];
}

/** Do it, or ask first. @param {Verb} verb */
export function choose(verb) {
  if (verb.asks) asking.value = verb.name;
  else act(verb.name);
}

/**
 * What stands in the middle of the ring when no clock runs: a time of day.
 * @param {EventView} event
 */
function face(event) {
  const leftMs = left();
  if (leftMs !== null)
    return { big: digits(leftMs), small: afterwards(event), label: `Time left: ${phaseTitle(event)}` };
  if (event.phase === "draft") {
    const starts = event.agenda[0]?.startsAt ?? null;
    return { big: starts === null ? "–" : timeOfDay(starts), small: "planned start", label: "Planned start" };
  }
  const small = event.phase === "ended" ? "thank you" : afterwards(event);
  return { big: now.value ? timeOfDay(now.value) : "–", small, label: "Time of day" };
}

const Dial = observed((/** @type {{ event: EventView }} */ { event }) => {
  const { big, small, label } = face(event);
  return html`<div class="dial">
    <${Ring} leftMs=${left()} lengthMs=${event.clock?.lengthMs ?? 0} />
    <div><div class="big" role="timer" aria-label=${label}>${big}</div><span class="xs muted">${small}</span></div>
  </div>`;
});

/** @param {{ verb: Verb }} props */
function VerbButton({ verb }) {
  return html`<${Wish}
    place=${`verb:${verb.name}`} cls=${verb.tone} icon=${verb.icon} data-verb=${verb.name}
    aria-keyshortcuts=${verb.key === "+" ? "Plus" : verb.key} onClick=${() => choose(verb)}
  >${verb.words}<//>`;
}

/** @param {string} name */
function focusVerb(name) {
  if (document.activeElement !== document.body) return;
  /** @type {HTMLElement|null} */
  const button = document.querySelector(`[data-verb="${name}"]`) ?? document.getElementById("phase");
  button?.focus();
}

/** Asked once, in place: the answer stands where the verbs stood. @param {{ verb: Verb }} props */
function Question({ verb }) {
  const yes = useRef(/** @type {HTMLButtonElement|null} */ (null));
  useEffect(() => {
    yes.current?.focus();
    // The verb that asked is drawn again after this; whoever asked goes on from there.
    return () => requestAnimationFrame(() => focusVerb(verb.name));
  }, []);
  const keep = () => {
    asking.value = null;
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && keep();
  return html`<div class="question" role="group" aria-labelledby="asks" onKeyDown=${onKeyDown}>
    <p id="asks"><b>${verb.asks}</b></p>
    <div class="ctrls">
      <button ref=${yes} type="button" class="btn bad" onClick=${() => act(verb.name)}>${verb.yes}</button>
      <button type="button" class="btn" onClick=${keep}>Keep going</button>
    </div>
  </div>`;
}

/**
 * A verb often goes with the phase it ends. Whoever pressed it by keys goes on from the words over the clock,
 * not from another verb, which a second press would set off.
 * @param {string} names what is offered
 */
function useFocusKept(names) {
  const held = useRef(false);
  useEffect(() => {
    if (held.current && document.activeElement === document.body) document.getElementById("phase")?.focus();
  }, [names]);
  return {
    onFocusIn: (/** @type {FocusEvent} */ event) => {
      held.current = /** @type {Element} */ (event.target).matches(":focus-visible");
    },
    onFocusOut: (/** @type {FocusEvent} */ event) => {
      if (event.relatedTarget) held.current = false;
    },
  };
}

const Verbs = observed(() => {
  const list = offered();
  const kept = useFocusKept(list.map((verb) => verb.name).join(" "));
  const question = list.find((verb) => verb.name === asking.value && verb.asks);
  if (question) return html`<${Question} key=${question.name} verb=${question} />`;
  const main = list.filter((verb) => verb.name !== "endEvent" || phase.value === "closing");
  // While people talk all four weigh the same; otherwise one thing is to be done next.
  return html`<div class=${phase.value === "talking" ? "ctrls" : "ctrls lead"} ...${kept}>
    ${main.map((verb) => html`<${VerbButton} key=${verb.name} verb=${verb} />`)}
  </div>`;
});

/** Each verb waits and is refused on its own: a pause on the road does not swallow the minute that follows. */
const Refusals = observed(
  () => html`${offered().map((verb) => html`<${Refusal} key=${verb.name} place=${`verb:${verb.name}`} />`)}`,
);

/** The quiet way out, under everything else. */
export const EndEvent = observed(() => {
  const verb = offered().find((one) => one.name === "endEvent");
  if (!verb || asking.value === "endEvent" || phase.value === "closing") return null;
  return html`<button type="button" class="btn small bare" data-verb="endEvent" onClick=${() => choose(verb)}><${Icon} name="power" />${verb.words}</button>`;
});

export const ClockPanel = observed(() => {
  const { event } = board.value;
  if (!event) return html`<p class="muted">Finding the event</p>`;
  const words = talkingWords(board.value);
  return html`<div class="row spread">
      <h2 id="phase" class="lg" tabindex="-1">${phaseTitle(event)}</h2>
      ${words && html`<span class="tag">${words}</span>`}
    </div>
    <div class="top"><${Dial} event=${event} /><div class="verbs stack g2"><${Verbs} /><${Refusals} /></div></div>
    ${
      event.waitingForPeople &&
      html`<p class="note warn"><${Icon} name="hourglass" /><span>Waiting for two people who are ready.</span></p>`
    }`;
});
