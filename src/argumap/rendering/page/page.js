// The interactive page of an argument map. The page is whole without this script (picture, thread
// and outline are plain HTML); it adds selection, search, filters, pan, zoom and keys.
//
// Words of strangers come in as JSON and go out by textContent alone, never as markup.

// @ts-check
"use strict";

(() => {
  /**
   * @typedef {{author: string, stance: string, quote: string}} Mention
   * @typedef {{id: string, who: string, status: string, text: string, mentions: Mention[],
   *   authors: number[], card: number}} Claim
   * @typedef {{kind: string, sources: number[], target: number, struck: string}} Relation
   * @typedef {{direction: string, main: number, claims: Claim[], relations: Relation[],
   *   cards: number[], ties: number[][], dots: number[][]}} Data
   */

  /** @param {string} selector @returns {HTMLElement} */
  const find = (selector) => {
    const found = document.querySelector(selector);
    if (!found) throw new Error(`the page lacks ${selector}`);
    return /** @type {HTMLElement} */ (found);
  };
  /** @param {string} selector @param {ParentNode} [where] @returns {HTMLElement[]} */
  const all = (selector, where = document) => [...where.querySelectorAll(selector)].map(
    (element) => /** @type {HTMLElement} */ (element));

  /** @type {Data} */
  const data = JSON.parse(find("#data").textContent || "{}");
  const { claims, relations } = data;
  const byId = new Map(claims.map((claim, number) => [claim.id, number]));

  const map = find("#map");
  const stage = find("#stage");
  const picture = find("#stage svg");
  const cards = all(".map > .claim", picture);
  const ties = all(".map > .tie", picture);
  const dots = all(".map > .dot", picture);
  const detail = find("#detail");
  const search = /** @type {HTMLInputElement} */ (find("#search"));
  const author = /** @type {HTMLSelectElement} */ (find("#author"));
  const buttons = all("[data-filter]");
  const marks = all("mark");
  const items = all("#outline li");

  /** The places in the thread where each claim stands. @type {Map<number, HTMLElement[]>} */
  const places = new Map();
  for (const mark of marks) {
    for (const number of numbersOf(mark)) {
      places.set(number, [...(places.get(number) || []), mark]);
    }
  }

  /** @param {HTMLElement} element @returns {number[]} */
  function numbersOf(element) {
    return (element.dataset.claims || "").split(" ").filter(Boolean).map(Number);
  }

  document.documentElement.classList.add("live");
  picture.setAttribute("role", "group");

  // ------------------------------------------------------------------------ pan and zoom

  // A CSS transform, not the viewBox: thousands of cards stay smooth.
  const width = Number(picture.getAttribute("width"));
  const height = Number(picture.getAttribute("height"));
  const view = { scale: 1, x: 0, y: 0 };
  /** @type {number | undefined} */
  let settled;

  function place() {
    stage.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    // Only while it moves: a stage that is kept as an image is blurred when it is enlarged.
    stage.style.willChange = "transform";
    clearTimeout(settled);
    settled = setTimeout(() => { stage.style.willChange = "auto"; }, 200);
  }

  /** @param {number} factor @param {number} [x] @param {number} [y] */
  function zoom(factor, x = map.clientWidth / 2, y = map.clientHeight / 2) {
    const scale = Math.min(8, Math.max(0.02, view.scale * factor));
    view.x = x - (x - view.x) * scale / view.scale;
    view.y = y - (y - view.y) * scale / view.scale;
    view.scale = scale;
    place();
  }

  function fit() {
    view.scale = Math.min(map.clientWidth / width, map.clientHeight / height, 1.5);
    view.x = (map.clientWidth - width * view.scale) / 2;
    view.y = Math.min((map.clientHeight - height * view.scale) / 2, 24);
    place();
  }

  /** Move a card to the middle of the window. @param {Element} card */
  function centre(card) {
    const box = card.getBoundingClientRect();
    const frame = map.getBoundingClientRect();
    view.x += frame.left + frame.width / 2 - (box.left + box.width / 2);
    view.y += frame.top + frame.height / 2 - (box.top + box.height / 2);
    place();
  }

  /** @param {Element} card */
  function isInView(card) {
    const box = card.getBoundingClientRect();
    const frame = map.getBoundingClientRect();
    return box.left >= frame.left && box.right <= frame.right
      && box.top >= frame.top && box.bottom <= frame.bottom;
  }

  map.addEventListener("wheel", (event) => {
    event.preventDefault();
    const frame = map.getBoundingClientRect();
    const speed = event.ctrlKey ? 0.01 : 0.0015;
    zoom(Math.exp(-event.deltaY * speed), event.clientX - frame.left, event.clientY - frame.top);
  }, { passive: false });

  /** Fingers and mouse buttons that are down. @type {Map<number, {x: number, y: number}>} */
  const pointers = new Map();
  let moved = 0;

  map.addEventListener("pointerdown", (event) => {
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    moved = 0;
    map.classList.add("grabbed");
  });
  addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const frame = map.getBoundingClientRect();
      const apart = (/** @type {{x: number, y: number}} */ point) =>
        Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
      zoom(apart(now) / apart(before), other.x - frame.left, other.y - frame.top);
    } else {
      view.x += now.x - before.x;
      view.y += now.y - before.y;
      place();
    }
    moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    pointers.set(event.pointerId, now);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, (event) => {
      pointers.delete(/** @type {PointerEvent} */ (event).pointerId);
      if (!pointers.size) map.classList.remove("grabbed");
    });
  }
  find("#closer").addEventListener("click", () => zoom(1.25));
  find("#farther").addEventListener("click", () => zoom(0.8));
  find("#fit").addEventListener("click", fit);

  // ------------------------------------------------------------------------ selection

  /** @type {number | undefined} */
  let selected;

  /**
   * Show a claim: on the map, in words, and in the thread.
   * @param {number} number
   * @param {{focus?: boolean}} [options]
   */
  function select(number, { focus = false } = {}) {
    selected = number;
    const claim = claims[number];
    for (const card of cards) {
      card.removeAttribute("aria-current");
      card.tabIndex = -1;
    }
    const card = cards[claim.card];
    if (card) {
      card.setAttribute("aria-current", "true");
      card.tabIndex = 0;
      if (focus) card.focus({ preventScroll: true });
      if (!isInView(card)) centre(card);
    }
    describe(number);
    for (const mark of marks) mark.classList.remove("on");
    const here = places.get(number) || [];
    for (const mark of here) mark.classList.add("on");
    if (here.length) reveal(here[0]);
    try {
      history.replaceState(null, "", `#${encodeURIComponent(claim.id)}`);
    } catch {
      // A frame without an address of its own has none to change.
    }
  }

  /** Scroll the thread, and nothing but the thread, to a place in it. @param {HTMLElement} mark */
  function reveal(mark) {
    const pane = find("#thread");
    const above = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTop += above - pane.clientHeight / 2;
  }

  /** @param {string} name @param {string} [text] @param {string} [look] */
  function element(name, text = "", look = "") {
    const made = document.createElement(name);
    made.textContent = text;
    if (look) made.className = look;
    return made;
  }

  /** Say everything about a claim. @param {number} number */
  function describe(number) {
    const claim = claims[number];
    const heading = [claim.id, claim.who, claim.status].filter(Boolean).join(" · ");
    detail.replaceChildren(element("p", heading, "muted"), element("p", claim.text, "text"));
    for (const { author: who, stance, quote } of claim.mentions) {
      const said = element("blockquote", quote ? `“${quote}”` : "");
      said.append(element("div", `${who || "unknown author"} ${stance} it`, "muted"));
      detail.append(said);
    }
    /** @type {[string, string, boolean][]} */
    const groups = [
      ["Supported by", "supports", true],
      ["Rebutted by", "rebuts", true],
      ["Undercut by", "undercuts", true],
      ["Supports", "supports", false],
      ["Rebuts", "rebuts", false],
      ["Undercuts", "undercuts", false],
    ];
    for (const [title, kind, incoming] of groups) {
      const found = relations.filter((relation) => relation.kind === kind
        && (incoming ? relation.target === number : relation.sources.includes(number)));
      if (found.length) list(title, found, number, incoming);
    }
  }

  /**
   * List relations of a claim as links.
   * @param {string} title @param {Relation[]} found @param {number} number
   * @param {boolean} incoming
   */
  function list(title, found, number, incoming) {
    const line = element("p");
    line.append(element("strong", `${title}: `));
    found.forEach((relation, place) => {
      if (place) line.append("; ");
      const ends = incoming ? relation.sources : [relation.target];
      ends.forEach((end, which) => {
        if (which) line.append(" with ");
        line.append(link(end));
      });
      const partners = incoming ? [] : relation.sources.filter((source) => source !== number);
      partners.forEach((partner) => line.append(" with ", link(partner)));
      if (relation.struck) line.append(` (${relation.struck})`);
    });
    detail.append(line);
  }

  /** @param {number} number */
  function link(number) {
    const made = /** @type {HTMLAnchorElement} */ (element("a", claims[number].id));
    made.href = `#${encodeURIComponent(claims[number].id)}`;
    made.title = claims[number].text;
    return made;
  }

  cards.forEach((card, place) => {
    const number = data.cards[place];
    card.setAttribute("role", number < 0 ? "img" : "button");
    if (number < 0) return;
    card.tabIndex = -1;
    card.addEventListener("click", () => {
      if (moved < 5) select(number, { focus: true });
    });
    card.addEventListener("focus", () => {
      if (selected !== number && card.matches(":focus-visible")) select(number);
    });
  });
  for (const mark of marks) {
    mark.addEventListener("click", () => {
      // Where several claims share their words, each click takes the next.
      const numbers = numbersOf(mark);
      const next = selected === undefined ? 0 : (numbers.indexOf(selected) + 1) % numbers.length;
      select(numbers[next]);
    });
  }

  function follow() {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // Not ours: an address that is not well encoded names no claim.
    }
    const number = byId.get(id);
    if (number !== undefined && number !== selected) select(number);
  }
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    // In a frame without an address a link changes nothing that could be followed.
    const target = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
    if (!target) return;
    event.preventDefault();
    const number = byId.get(decodeURIComponent(target.getAttribute("href")?.slice(1) || ""));
    if (number !== undefined) select(number);
  });

  // ------------------------------------------------------------------------ search and filters

  const haystacks = claims.map((claim) => [
    claim.id, claim.who, claim.text, ...claim.mentions.map((mention) => mention.quote),
  ].join("\n").toLowerCase());

  function filter() {
    const wanted = buttons.filter((button) => button.getAttribute("aria-pressed") === "true")
      .map((button) => button.dataset.filter || "");
    const who = author.value;
    const words = search.value.trim().toLowerCase();
    const fits = claims.map((claim, number) =>
      wanted.every((status) => claim.status.split(", ").includes(status))
      && (!who || claim.authors.includes(Number(who)))
      && haystacks[number].includes(words));
    const count = fits.filter(Boolean).length;
    const everything = count === claims.length;
    // A card that holds claims is bright as long as one of them fits.
    const bright = cards.map(() => everything);
    claims.forEach((claim, number) => { if (fits[number]) bright[claim.card] = true; });
    cards.forEach((card, place) => card.classList.toggle("dim", !bright[place]));
    /** @param {HTMLElement[]} shapes @param {number[][]} ends */
    const dim = (shapes, ends) => shapes.forEach((shape, place) =>
      shape.classList.toggle("dim", !ends[place].every((end) => bright[end])));
    dim(ties, data.ties);
    dim(dots, data.dots);
    for (const item of items) {
      // A claim that fits is shown with those above it, so that it can be found in its place.
      const inside = [item, ...all("li", item)];
      item.hidden = !inside.some((one) => fits[Number(one.dataset.claim)]);
    }
    const [part, whole] = [count, claims.length].map((number) => number.toLocaleString("en"));
    find("#count").textContent = `${part} of ${whole} claims`;
  }

  for (const button of buttons) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      filter();
    });
  }
  author.addEventListener("change", filter);
  search.addEventListener("input", filter);

  // ------------------------------------------------------------------------ thread or outline

  const tabs = all("[role=tab]");
  /** @param {HTMLElement} chosen */
  function open(chosen) {
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      find(`#${tab.getAttribute("aria-controls")}`).hidden = tab !== chosen;
    }
  }
  tabs.forEach((tab, place) => {
    tab.addEventListener("click", () => open(tab));
    tab.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const other = tabs[(place + 1) % tabs.length];
      open(other);
      other.focus();
    });
  });
  if (tabs.length) open(tabs[0]);

  // ------------------------------------------------------------------------ keys

  /** The relation by which a claim bears on another. @param {number} number */
  const upwards = (number) => relations.find((relation) => relation.sources.includes(number));
  /** The claims that bear on a claim. @param {number} number */
  const reasons = (number) => relations.filter((relation) => relation.target === number)
    .flatMap((relation) => relation.sources);

  /** @param {number} number @param {number} step */
  function sibling(number, step) {
    const up = upwards(number);
    const family = up ? reasons(up.target)
      : claims.map((_, other) => other).filter((other) => !upwards(other));
    const drawn = [...new Set(family)].filter((other) => data.cards[claims[other].card] === other);
    return drawn[drawn.indexOf(number) + step];
  }

  /** Which way each arrow goes, with the root on top or at the left. */
  const arrows = data.direction === "BT"
    ? { up: "ArrowUp", down: "ArrowDown", back: "ArrowLeft", on: "ArrowRight" }
    : { up: "ArrowLeft", down: "ArrowRight", back: "ArrowUp", on: "ArrowDown" };

  addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && target === search) {
      search.value = "";
      filter();
      return;
    }
    if (target.matches("input, select, textarea")) return;
    const card = target.closest(".claim");
    if (event.key === "/") search.focus();
    else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "0") fit();
    else if (card && selected !== undefined && event.key.startsWith("Arrow")) {
      const next = event.key === arrows.up ? upwards(selected)?.target
        : event.key === arrows.down ? reasons(selected).find((one) => claims[one].card >= 0)
          : sibling(selected, event.key === arrows.on ? 1 : -1);
      if (next !== undefined) select(next, { focus: true });
    } else if (card && (event.key === "Enter" || event.key === " ")) {
      const number = data.cards[cards.indexOf(/** @type {HTMLElement} */ (card))];
      if (number >= 0) select(number, { focus: true });
    } else return;
    event.preventDefault();
  });

  // ------------------------------------------------------------------------ first view

  fit();
  const first = cards[claims[data.main]?.card] || cards[0];
  if (first) first.tabIndex = data.cards[cards.indexOf(first)] < 0 ? -1 : 0;
  if (view.scale < 0.45 && first) {
    // Too small to read: begin at the main claim, in a size that can be read.
    view.scale = 0.7;
    place();
    centre(first);
    const box = first.getBoundingClientRect();
    const frame = map.getBoundingClientRect();
    if (data.direction === "BT") view.y += frame.top + 24 - box.top;
    else view.x += frame.left + 24 - box.left;
    place();
  }
  filter();
  follow();
})();
