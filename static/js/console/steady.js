// @ts-check
/** Draws a component again only when what it was given differs: hundreds of room cards stand still while one changes. */

import { Component } from "preact";
import { h } from "@/lib/view.js";

/** @param {any} one @param {any} other */
function same(one, other) {
  if (Object.is(one, other)) return true;
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((item, index) => Object.is(item, other[index]));
}

/** @param {Record<string, any>} one @param {Record<string, any>} other */
function equal(one, other) {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => same(one[name], other[name]));
}

/**
 * @template Props
 * @param {(props: Props) => any} view
 * @returns {any}
 */
export function steady(view) {
  return class Steady extends Component {
    /** @param {any} next */
    shouldComponentUpdate(next) {
      return !equal(/** @type {any} */ (this.props), next);
    }

    render() {
      return h(/** @type {any} */ (view), /** @type {any} */ (this.props));
    }
  };
}
