import { SaxesParser } from 'saxes';

/** An element as a reader finds it. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  /** The text right inside it. */
  text: string;
}

/** Parses a document; throws at the first thing that is not well-formed XML with namespaces. */
export function readXml(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const values = Object.entries(attributes).map(([attribute, { value }]) => [attribute, value]);
    const element: Element = { name, attributes: Object.fromEntries(values), children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(xml).close();
  if (root.children[0] === undefined) throw new Error('the document has no element');
  return root.children[0];
}

/** The children of this name. */
export const all = (element: Element, name: string): Element[] => element.children.filter((child) => child.name === name);

/** The text of the first child of this name. */
export const text = (element: Element, name: string): string | undefined => all(element, name)[0]?.text;
