// @ts-check
/** The live preview: times, the sentence, the wheel and what needs a change, as the server reckons them. */

const REST_MS = 300;
const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {{ key: string, kind: string, words: string, length: string, share: number }} Row
 * @typedef {{ people: number, pieces: [string, boolean][], sum: string, checks: [boolean, string][],
 *   wheel: { dots: [number, number, number][], lines: string[], words: string } }} Meaning
 * @typedef {{ timetable: { rows: Row[], span: string }, meaning: Meaning, errors: Record<string, string> }} Answer
 */

/** @param {string} name @param {Record<string, string | number>} attributes */
function drawn(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** @param {string} symbol */
function icon(symbol) {
  const svg = drawn("svg", { class: "i", "aria-hidden": "true" });
  svg.append(drawn("use", { href: `${document.documentElement.dataset.sprite}#i-${symbol}` }));
  return svg;
}

/** @param {string} name @param {string} text */
function worded(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

export class Preview {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.asked = 0;
    this.timer = 0;
    const slider = form.elements.namedItem("people");
    if (slider instanceof HTMLInputElement) {
      this.slider = slider;
      slider.addEventListener("input", () => this.slide());
      this.slide();
    }
  }

  /** @param {string} name */
  place(name) {
    return /** @type {HTMLElement | null} */ (this.form.querySelector(`[data-${name}]`));
  }

  slide() {
    if (!this.slider) return;
    const { min, max, value } = this.slider;
    this.slider.style.setProperty("--at", `${(100 * (Number(value) - Number(min))) / (Number(max) - Number(min))}%`);
    this.place("people")?.replaceChildren(value);
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.ask(), REST_MS);
  }

  async ask() {
    const mine = ++this.asked;
    const data = new FormData(this.form);
    data.delete("do");
    try {
      const body = new URLSearchParams(/** @type {any} */ (data));
      const answer = await fetch(this.form.dataset.preview ?? "", { method: "POST", body });
      // A later question has been asked meanwhile: this answer is void.
      if (!answer.ok || mine !== this.asked) return;
      this.show(await answer.json());
    } catch {
      // Without a line the old preview stays; saving says what is wrong.
    }
  }

  /** @param {Answer} answer */
  show({ timetable, meaning, errors }) {
    this.place("span")?.replaceChildren(timetable.span);
    this.showRows(timetable.rows, errors);
    this.showErrors(errors);
    const pieces = meaning.pieces.map(([text, marked]) => (marked ? worded("em", text) : text));
    const sentence = this.place("sentence");
    if (
      sentence &&
      sentence.textContent !== pieces.map((one) => (typeof one === "string" ? one : one.textContent)).join("")
    )
      sentence.replaceChildren(...pieces);
    this.place("sum")?.replaceChildren(meaning.sum);
    this.place("checks")?.replaceChildren(...meaning.checks.map(([good, words]) => this.check(good, words)));
    this.showWheel(meaning.wheel);
  }

  /** @param {boolean} good @param {string} words */
  check(good, words) {
    const item = document.createElement("li");
    item.classList.toggle("w", !good);
    item.append(icon(good ? "circle-check" : "triangle-alert"), worded("span", words));
    return item;
  }

  /** @param {Row[]} rows @param {Record<string, string>} errors */
  showRows(rows, errors) {
    const strip = this.form.querySelector("[data-strip]");
    let x = 0;
    const bars = rows.map((row) => {
      const bar = drawn("rect", { x, y: 0, width: Math.max(0.2, row.share - 0.6), height: 6, class: row.kind });
      x += row.share;
      return bar;
    });
    strip?.replaceChildren(...bars);
    for (const row of rows) {
      const item = this.form.querySelector(`[data-parts] > [data-key="${row.key}"]`);
      item?.querySelector("[data-words]")?.replaceChildren(row.words);
      item?.querySelector("[data-length]")?.replaceChildren(row.length);
      item?.classList.toggle(
        "wrong",
        Object.keys(errors).some((name) => name.startsWith(`p${row.key}-`)),
      );
    }
  }

  /** What is wrong stands below its field, and goes when it is right again. @param {Record<string, string>} errors */
  showErrors(errors) {
    for (const field of this.form.querySelectorAll("input[id], select[id]")) {
      const sentence = errors[field.id];
      const old = document.getElementById(`${field.id}-error`);
      const ties = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id.endsWith("-hint"));
      if (sentence) ties.push(`${field.id}-error`);
      if (ties.length) field.setAttribute("aria-describedby", ties.join(" "));
      else field.removeAttribute("aria-describedby");
      if (sentence) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
      if (old && !sentence) old.remove();
      else if (old) old.querySelector("span")?.replaceChildren(sentence);
      else if (sentence) field.closest(".field")?.append(this.problem(field.id, sentence));
    }
  }

  /** @param {string} id @param {string} sentence */
  problem(id, sentence) {
    const line = document.createElement("p");
    line.className = "err";
    line.id = `${id}-error`;
    line.append(icon("circle-alert"), worded("span", sentence));
    return line;
  }

  /** @param {Meaning["wheel"]} wheel */
  showWheel(wheel) {
    const picture = this.place("wheel");
    if (!picture) return;
    picture.setAttribute("aria-label", wheel.words);
    const [lines, dots] = picture.querySelectorAll("g");
    lines?.replaceChildren(...wheel.lines.map((d) => drawn("path", { d })));
    dots?.replaceChildren(...wheel.dots.map(([cx, cy, hue]) => drawn("circle", { cx, cy, r: 5.4, class: `h${hue}` })));
  }
}
