/**
 * Runs in a page, for `expose.ts`, and looks from there into a frame that shows one piece of HTML after another. It takes
 * down all that a piece holds and does beyond showing text, and lets nothing lead away.
 */

/** Every element that a comment may have, with its attributes. */
const allowed = {
  p: [],
  br: [],
  em: [],
  strong: [],
  s: [],
  code: ['class'],
  pre: [],
  blockquote: [],
  ul: [],
  ol: ['start'],
  li: [],
  a: ['href', 'title', 'rel'],
};

/** What a reader does to an element, besides clicking it. */
const events =
  'auxclick dblclick contextmenu mouseover mouseenter pointerenter pointermove focus blur beforeinput keydown wheel toggle paste drop submit';

/** What came of each piece; it grows for as long as they do anything. */
const exposed = [];
Object.assign(globalThis, { exposeAll, exposed });

/** Shows pieces of HTML one after another. */
async function exposeAll(pieces) {
  const frame = document.body.appendChild(document.createElement('iframe'));
  await new Promise((loaded) => {
    frame.onload = loaded;
    frame.src = '/frame';
  });
  for (const html of pieces) {
    const each = { found: [], links: [], ways: [] };
    exposed.push(each);
    try {
      show(html, frame, each);
    } catch (error) {
      each.found.push(`broke the examination: ${error}`);
    }
    // What was tried is told a moment later; what holds something that it must not is given time to act.
    await scheduler.postTask(() => undefined, { priority: 'background' });
    if (each.found.length > 0) await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  }
}

/**
 * Shows a piece of HTML in all ways in which a site would: as a document of its own, inserted into a page, and parsed where
 * no script may run. Then does to it all that a reader can do, following each link too.
 */
function show(html, frame, each) {
  const page = frame.contentDocument;
  page.open();
  watch(frame.contentWindow, each);
  page.write(html);
  page.close();
  each.found.push(...strangers(page));

  const place = page.body.appendChild(page.createElement('div'));
  place.innerHTML = html;
  const again = page.createElement('div');
  again.innerHTML = place.innerHTML;
  each.found.push(...strangers(place), ...strangers(new DOMParser().parseFromString(html, 'text/html')));
  if (/[\u202A-\u202E\u2066-\u2069\u200B\u2060\uFEFF]/.test(place.innerHTML)) each.found.push('holds characters that mislead');
  if (!again.isEqualNode(place)) each.found.push('reads otherwise when it is read again');

  each.links = [...place.querySelectorAll('a')].map(({ href }) => href);
  for (const element of place.querySelectorAll('*')) {
    for (const type of events.split(' ')) element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
    element.click?.();
  }
}

/** Takes down whatever is done in a frame whose document has just been opened, which has forgotten all listeners. */
function watch(frame, { found, ways }) {
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) frame[name] = () => found.push(`called ${name}`);
  frame.addEventListener('error', ({ target, message }) => found.push(`met an error: ${message ?? target.localName}`), true);
  frame.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    found.push(`tried ${effectiveDirective} ${blockedURI}`),
  );
  frame.navigation.onnavigate = (event) => {
    ways.push(event.destination.url);
    event.preventDefault();
  };
}

/** All that is not text, an allowed element or the frame of a document. */
function strangers(root) {
  const found = [];
  const walker = document.createTreeWalker(root);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.nodeType === Node.ELEMENT_NODE) found.push(...strange(node));
    else if (node.nodeType !== Node.TEXT_NODE) found.push(`holds ${node.nodeName}`);
  }
  return found;
}

function strange(element) {
  const name = element.localName;
  const attributes = [...element.attributes];
  if (['html', 'head', 'body'].includes(name) && attributes.length === 0) return [];
  if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml' || !Object.hasOwn(allowed, name)) return [`holds <${name}>`];
  const found = attributes
    .filter((attribute) => !allowed[name].includes(attribute.name))
    .map((attribute) => `holds <${name} ${attribute.name}>`);
  if (name === 'a') found.push(...strangeLink(element));
  if (name === 'code' && !/^(language-\S+)?$/.test(element.className)) found.push('holds a class that names no language');
  return found;
}

/** A link says whose it is, and leads to the same place from whichever page it stands on. */
function strangeLink(link) {
  const found = [];
  const url = URL.parse(link.getAttribute('href') ?? '');
  if (link.getAttribute('rel') !== 'nofollow ugc noopener') found.push('holds a link that does not say whose it is');
  if (!['http:', 'https:', 'mailto:'].includes(url?.protocol)) found.push(`holds a link of another kind: ${link.href}`);
  if (url?.href !== link.href) found.push(`holds a link into the page’s own site: ${link.href}`);
  if (link.parentElement?.closest('a')) found.push('holds a link in a link');
  return found;
}
