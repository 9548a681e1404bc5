// @ts-check
/** Owns all `<video>` elements: one a person for the whole evening, put into whichever tile shows that person. */

/**
 * @param {object} options
 * @param {(id: string) => MediaStream} options.streamOf
 * @param {() => string} options.output the chosen speaker
 * @param {() => void} options.onBlocked the browser wants a touch before it plays sound
 */
export function createScreens({ streamOf, output, onBlocked }) {
  /** @type {Map<string, HTMLVideoElement>} */
  const screens = new Map();

  /** @param {string} id @param {boolean} own */
  function create(id, own) {
    const video = document.createElement("video");
    video.className = own ? "feed mirror" : "feed";
    video.autoplay = true;
    video.playsInline = true;
    video.muted = own;
    video.srcObject = streamOf(id);
    // The tile around it carries the name.
    video.setAttribute("aria-hidden", "true");
    video.tabIndex = -1;
    screens.set(id, video);
    return video;
  }

  /** @param {HTMLVideoElement} video */
  function play(video) {
    const sink = /** @type {any} */ (video);
    if (!video.muted && output()) sink.setSinkId?.(output()).catch(() => {});
    video.play().catch((error) => error.name === "NotAllowedError" && onBlocked());
  }

  return {
    /** Put a person's picture and sound into a place of the page. @param {Element} place @param {string} id @param {boolean} [own] */
    show(place, id, own = false) {
      const video = screens.get(id) ?? create(id, own);
      if (video.parentElement !== place) place.replaceChildren(video);
      // Moving an element pauses it.
      play(video);
    },
    /** After a touch, or when the speaker changed. */
    playAll() {
      for (const video of screens.values()) if (video.isConnected) play(video);
    },
  };
}
