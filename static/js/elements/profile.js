// @ts-check
/** The own card: only the name is needed, the rest gives people a way to begin. */

import { call } from "../lib/http.js";
import { Icon } from "../lib/icon.js";
import { page } from "../lib/page.js";
import { html, useState } from "../lib/view.js";
import { limits } from "../protocol.js";

/** @typedef {import("../protocol.js").Card} Card */
/** @typedef {Omit<Card, "id"> & { languageRequired: boolean }} Profile what others see, and what only the seating knows */
/** @typedef {import("../lib/http.js").Trouble} Trouble */

const AIMS = ["Meet other teams", "Find a mentor", "Be a mentor", "Welcome a new hire", "Just talk"];
const JOYS = [
  "Trail running",
  "Choir",
  "Board games",
  "Baking",
  "Gardens",
  "Parenting",
  "Languages",
  "Ceramics",
  "Football",
  "Accessibility",
  "Open source",
];
const MOST_JOYS = 6;

/** What the form says, whole. @param {HTMLFormElement} form @param {boolean} audioOnly @returns {Profile} */
export function collect(form, audioOnly) {
  const data = new FormData(form);
  const line = (/** @type {string} */ name) => String(data.get(name) ?? "").trim();
  const several = (/** @type {string} */ name) => data.getAll(name).map(String);
  const { id: _, ...known } = page.me;
  return {
    ...known,
    name: line("name"),
    said: line("said"),
    pronouns: line("pronouns"),
    team: line("team"),
    headline: line("headline"),
    place: line("place"),
    askMe: line("askMe"),
    timezone: known.timezone || Intl.DateTimeFormat().resolvedOptions().timeZone,
    interests: several("interests").slice(0, limits.LIST_ITEMS),
    lookingFor: several("lookingFor"),
    languages: split(line("languages")),
    audioOnly,
    textFirst: data.has("textFirst"),
    groupsOnly: data.has("groupsOnly"),
    languageRequired: data.has("languageRequired"),
  };
}

/** @param {string} text */
const split = (text) =>
  text
    .split(/[,;]/)
    .map((one) => one.trim())
    .filter(Boolean)
    .slice(0, limits.LIST_ITEMS);

/** @param {Profile} profile @returns {Promise<Trouble | null>} */
export async function saveProfile(profile) {
  const { languageRequired, ...card } = profile;
  if (!card.name) return { sentence: "Tell us the name your partners shall call you by.", field: "name", status: 0 };
  const trouble = await call("PUT", page.urls.profile ?? "", profile).then(
    () => null,
    (error) => error,
  );
  if (!trouble) Object.assign(page.me, card);
  if (!trouble) page.languageRequired = languageRequired;
  return trouble;
}

/** @param {{ trouble: Trouble | null }} props */
export function ProfileFields({ trouble }) {
  const { me } = page;
  const field = (/** @type {string} */ name) => (trouble?.field === name ? trouble : null);
  return html`<section aria-labelledby="see" class="stack g5">
    <div class="stack g2"><h2 id="see">What your partners will see</h2>
      <p class="muted">Only your name is needed. The rest gives people a way to begin.</p></div>
    <div class="two">
      <${Field} name="name" label="Name" value=${me.name} max=${limits.NAME_CHARS} complete="name" trouble=${field("name")} />
      <${Field} name="said" label="How to say it" value=${me.said} trouble=${field("said")} />
      <${Field} name="pronouns" label="Pronouns" value=${me.pronouns} trouble=${field("pronouns")} />
      <${Field} name="team" label="Team" value=${me.team} complete="organization" trouble=${field("team")} />
      <${Field} name="headline" label="What you do" value=${me.headline} complete="organization-title" trouble=${field("headline")} />
      <${Field} name="place" label="Where you are" value=${me.place} trouble=${field("place")} />
    </div>
    <${Field} name="askMe" label="Ask me about" value=${me.askMe} hint="Three small things work better than a job title." trouble=${field("askMe")} />
    <${Picks} name="lookingFor" legend="Today I would like to" options=${AIMS} chosen=${me.lookingFor} />
    <${Joys} chosen=${me.interests} />
    <${Field} name="languages" label="Languages" value=${me.languages.join(", ")} hint="With commas between them." trouble=${field("languages")} />
    <${Needs} me=${me} />
  </section>`;
}

/** @param {{ name: string, label: string, value: string, max?: number, hint?: string, complete?: string, trouble: Trouble | null }} props */
function Field({ name, label, value, max = limits.SHORT_TEXT_CHARS, hint, complete, trouble }) {
  const described = trouble ? `${name}-trouble` : hint ? `${name}-hint` : undefined;
  return html`<div class="field">
    <label for=${`field-${name}`}>${label}</label>
    <input class="input" id=${`field-${name}`} name=${name} defaultValue=${value} maxlength=${max} autocomplete=${complete}
      aria-invalid=${trouble ? "true" : undefined} aria-describedby=${described} />
    ${hint ? html`<p class="hint" id=${`${name}-hint`}>${hint}</p>` : null}
    ${trouble ? html`<p class="err" id=${`${name}-trouble`}><${Icon} name="circle-alert" />${trouble.sentence}</p>` : null}
  </div>`;
}

/** @param {{ name: string, legend: string, options: readonly string[], chosen: readonly string[], hint?: string, children?: any }} props */
function Picks({ name, legend, options, chosen, hint, children }) {
  const all = [...new Set([...options, ...chosen])];
  return html`<fieldset class="stack g2">
    <legend class="label">${legend} ${hint ? html`<span class="hint">${hint}</span>` : null}</legend>
    <div class="picks">
      ${all.map(
        (one) => html`<label class="pick" key=${one}
        ><input type="checkbox" name=${name} value=${one} defaultChecked=${chosen.includes(one)} /><${Icon} name="check" cls="tick" />${one}</label>`,
      )}
      ${children}
    </div>
  </fieldset>`;
}

/** @param {{ chosen: readonly string[] }} props */
function Joys({ chosen }) {
  const [own, setOwn] = useState(/** @type {string[]} */ ([]));
  const [adding, setAdding] = useState(false);
  const add = (/** @type {any} */ event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const text = event.target.value.trim();
    if (text && own.length < limits.LIST_ITEMS) setOwn([...own, text]);
    setAdding(false);
  };
  const box = html`<input class="input short" aria-label="Something you enjoy" maxlength="40" ref=${(/** @type {any} */ at) => at?.focus()} onKeyDown=${add} />`;
  const button = html`<button type="button" class="btn bare" onClick=${() => setAdding(true)}><${Icon} name="plus" />Add your own</button>`;
  return html`<${Picks} name="interests" legend="Things I enjoy" hint=${`pick up to ${MOST_JOYS}`} options=${JOYS} chosen=${[...chosen, ...own]}
    >${adding ? box : button}<//>`;
}

/** @param {{ me: Card }} props */
function Needs({ me }) {
  return html`<fieldset class="stack g2"><legend class="label">What helps me take part</legend>
    <div class="picks">
      <label class="pick"><input type="checkbox" name="textFirst" defaultChecked=${me.textFirst} /><${Icon} name="message-square-text" />Text first</label>
      <label class="pick"><input type="checkbox" name="groupsOnly" defaultChecked=${me.groupsOnly} /><${Icon} name="users-round" />Groups of three or more</label>
      <label class="pick"><input type="checkbox" name="languageRequired" defaultChecked=${page.languageRequired} /><${Icon} name="languages" />A shared language</label>
    </div>
    <p class="hint">Your partner sees the first. The others quietly change how you are seated.</p>
  </fieldset>`;
}
