// Gives node the browser's import map, so that tests load static/js as it is served.
import { registerHooks } from "node:module";

const root = new URL("..", import.meta.url);
const names = {
  preact: "static/vendor/preact.js",
  "preact/hooks": "static/vendor/preact-hooks.js",
  htm: "static/vendor/htm.js",
  "@preact/signals-core": "static/vendor/signals-core.js",
};

function address(specifier) {
  if (specifier.startsWith("@/")) return new URL(`static/js/${specifier.slice(2)}`, root).href;
  return names[specifier] ? new URL(names[specifier], root).href : specifier;
}

registerHooks({
  resolve: (specifier, context, next) => next(address(specifier), context),
  load: (url, context, next) =>
    // No package.json says so here: everything that browsers load is a module.
    next(url, url.startsWith(`${root.href}static/`) ? { ...context, format: "module" } : context),
});
