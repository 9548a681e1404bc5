// @ts-check
/** Names in what is cloned from a template: placeholders become the key of the new part or rule. */

const NAMING = ["name", "id", "for", "value", "aria-describedby", "data-key", "data-rule", "data-rules"];

/** @param {DocumentFragment} fragment @param {Record<string, string>} keys by placeholder */
export function rename(fragment, keys) {
  for (const element of fragment.querySelectorAll("*")) {
    for (const attribute of NAMING) {
      let value = element.getAttribute(attribute);
      if (value === null) continue;
      for (const [placeholder, key] of Object.entries(keys)) value = value.replaceAll(placeholder, key);
      element.setAttribute(attribute, value);
    }
  }
}
