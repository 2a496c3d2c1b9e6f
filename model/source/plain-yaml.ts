import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, type Event } from 'js-yaml';
import { isScalar, type ScalarTag } from 'yaml';

import { yamlSchema } from './parse-yaml';

/** Collections in collections; `parseYaml` reads what is deeper, and refuses some of it. */
const maxDepth = 20;

/**
 * What is left to `parseYaml`: what js-yaml reads otherwise (a tab that begins a line, the end of a document, a lone carriage
 * return), and anchors and tags, for which it goes back in the text.
 */
const notPlain = /^ *(?:\t|\.\.\.)|\r(?!\n)|(?:^|\s)[&!]/m;

/**
 * The value of a file that is a map without anchors, aliases and tags, as nearly all are. It is the value that `parseYaml`
 * gives, in less time, because js-yaml builds no tree of positions.
 *
 * @returns undefined for any other file, and for one with a fault
 */
export function readPlainYaml(text: string): object | undefined {
  if (notPlain.test(text)) return undefined;
  const events = eventsOf(text);
  const [document, root] = events;
  if (document?.type !== EVENT_ID.DOCUMENT || document.directives.length > 0) return undefined;
  if (root?.type !== EVENT_ID.MAPPING) return undefined;
  const reader = new Reader(text, events);
  const value = reader.value();
  return reader.isDone ? (value as object | undefined) : undefined;
}

function eventsOf(text: string): readonly Event[] {
  try {
    return parseEvents(text, { maxDepth });
  } catch {
    // `parseYaml` finds the fault, with a position.
    return [];
  }
}

/** Makes values of the events of one document. Undefined stands for what is not plain. */
class Reader {
  /** Behind the event of the document. */
  private position = 1;

  constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
  ) {}

  /** Whether nothing follows but the end of the document. */
  get isDone(): boolean {
    return this.position === this.events.length - 1;
  }

  value(): unknown {
    const event = this.next();
    if (!isPlain(event)) return undefined;
    if (event.type === EVENT_ID.MAPPING) return this.map();
    if (event.type === EVENT_ID.SEQUENCE) return this.list();
    const value = getScalarValue(this.text, event);
    return event.style === SCALAR_STYLE.PLAIN ? unquoted(value) : value;
  }

  private list(): unknown[] | undefined {
    const items: unknown[] = [];
    while (this.isInside()) {
      const item = this.value();
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }

  private map(): object | undefined {
    const entries: Record<string, unknown> = {};
    while (this.isInside()) {
      const key = this.key();
      if (key === undefined || key === '__proto__' || Object.hasOwn(entries, key)) return undefined;
      const value = this.value();
      if (value === undefined) return undefined;
      entries[key] = value;
    }
    return entries;
  }

  private key(): string | undefined {
    const event = this.next();
    if (!isPlain(event) || event.type !== EVENT_ID.SCALAR || event.valueStart < 0) return undefined;
    return getScalarValue(this.text, event);
  }

  /** Whether an entry follows; otherwise passes the end of the collection. */
  private isInside(): boolean {
    if (this.events[this.position]?.type !== EVENT_ID.POP) return true;
    this.position += 1;
    return false;
  }

  private next(): Event | undefined {
    return this.events[this.position++];
  }
}

type PlainEvent = Extract<Event, { readonly style: unknown }>;

const isPlain = (event: Event | undefined): event is PlainEvent =>
  event !== undefined && 'tagStart' in event && event.tagStart < 0 && event.anchorStart < 0;

/** Tags of texts without quotes that are no texts. */
const impliedTags = yamlSchema.tags.filter((tag): tag is ScalarTag => tag.default === true && 'test' in tag);

/** Begins all of these: nothing, true or false, a number. */
const mayBeImplied = /^(?:$|[-+.~\dtTfFnN])/;

function unquoted(text: string): unknown {
  if (!mayBeImplied.test(text)) return text;
  const tag = impliedTags.find(({ test }) => test?.test(text));
  const value: unknown = tag?.resolve(text, () => undefined, {}) ?? text;
  return isScalar(value) ? value.value : value;
}
