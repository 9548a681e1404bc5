// @ts-check
/** The one door to the drawing library: markup as tagged templates, and components that follow signals. */

import { batch, computed, effect, signal, untracked } from "@preact/signals-core";
import htm from "htm";
import { Fragment, h, render } from "preact";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

export {
  batch,
  computed,
  effect,
  Fragment,
  h,
  render,
  signal,
  untracked,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
};

/** @type {(strings: TemplateStringsArray, ...values: any[]) => any} */
export const html = htm.bind(h);

/**
 * A component that draws itself again when a signal it has read changes.
 * @template Props
 * @param {(props: Props) => any} view
 * @returns {(props: Props) => any}
 */
export function observed(view) {
  return function Observed(props) {
    const [, again] = useState(0);
    const stop = useRef(() => {});
    useEffect(() => () => stop.current(), []);
    stop.current();
    /** @type {any} */
    let drawn;
    let first = true;
    stop.current = effect(() => {
      // The second run reads nothing, so it happens once for each drawing.
      if (!first) return again((count) => count + 1);
      first = false;
      drawn = view(props);
    });
    return drawn;
  };
}

/**
 * Lets an effect follow signals for as long as a component is on the page.
 * @param {() => void | (() => void)} act
 * @param {any[]} [inputs]
 */
export function useSignalEffect(act, inputs = []) {
  useEffect(() => effect(act), inputs);
}
