import { isMap, fits, onlyValue, shapesOf, type Json, type JsonMap, type SchemaNode } from './leaf-schema';
import { candidates, smallest } from './leaf-values';

type Path = readonly (string | number)[];

/** Files of an inventory, by path, as values. */
export type FileValues = Readonly<Record<string, Json>>;

/** A value in a file, or where one could be. */
interface Place {
  readonly files: FileValues;
  readonly file: string;
  readonly path: Path;
  readonly value: Json | undefined;
  /** Where the shape was chosen that the value belongs to. */
  readonly choice: Path;
  /** Whether a map around it was left without its other optional keys. */
  readonly reduced: boolean;
}

/** A leaf of a schema, and inventories that differ in it alone. */
export interface Leaf {
  /** For example `auth.*["jwt"].boundIssuer`; `*` is any name, `[]` any entry, `.<name>` the name of an entry itself. */
  readonly path: string;
  /** Of each place where the leaf is or could be: the inventory as it is, and with other values of the leaf. */
  readonly variants: () => Iterable<Iterable<FileValues>>;
  /** The same with the map around it as well, for a word that can only change together with other keys. */
  readonly swaps?: () => Iterable<FileValues>;
}

/** Every leaf of a schema. @param inventories those with the files in question @param folder of these files */
export function leavesOf(schema: SchemaNode, inventories: readonly FileValues[], folder: string): Leaf[] {
  const places = inventories.flatMap((files) =>
    Object.entries(files).flatMap(([file, value]): Place[] =>
      file.startsWith(`${folder}/`) ? [{ files, file, path: [], value, choice: [], reduced: false }] : [],
    ),
  );
  return walk(schema, '', places, []);
}

/** @param others values of the choice that the node is a shape of */
function walk(node: SchemaNode, path: string, places: readonly Place[], others: readonly Json[]): Leaf[] {
  const shapes = shapesOf(node);
  if (shapes !== undefined) return shapes.flatMap((shape) => walkShape(shape, shapes, path, places));
  if (node.items !== undefined) {
    const entries = places.flatMap((place) => children(place, Array.isArray(place.value) ? place.value.keys() : [], 0));
    return walk(node.items, `${path}[]`, entries, []);
  }
  if (node.type === 'object' && isMap(node.additionalProperties as Json)) {
    const entries = places.flatMap((place) =>
      children(place, isMap(place.value) ? Object.keys(place.value) : [], 'sample'),
    );
    const named = node.additionalProperties as SchemaNode;
    const names: Leaf = { path: `${path}.<name>`, variants: () => entries.map((entry) => renamed(entry, named)) };
    return [names, ...walk(named, `${path}.*`, entries, [])];
  }
  const keys = Object.entries(node.properties ?? {});
  if (keys.length === 0) return [leaf(node, path, places, others)];
  const full = places.map((place) => (place.value === undefined ? filled(place, smallest(node)) : place));
  return keys.flatMap(([key, child]) =>
    walk(
      child,
      path === '' ? key : `${path}.${key}`,
      // First the places that have the key; then those without its siblings, which it may exclude.
      [
        ...full
          .filter(({ reduced }) => !reduced)
          .map((place) => at(place, key))
          .sort(presentFirst),
        ...full
          .filter(({ reduced }) => !reduced)
          .map((place) => at(alone(place, [...(node.required ?? []), key]), key)),
        ...full.filter(({ reduced }) => reduced).map((place) => at(place, key)),
      ],
      onlyValue(child) === undefined ? [] : others,
    ),
  );
}

/** One shape of a choice, where a file has it, or in the place of another. */
function walkShape(shape: SchemaNode, shapes: readonly SchemaNode[], path: string, places: readonly Place[]): Leaf[] {
  const here = places.map((place) => ({ ...place, choice: place.path }));
  const own = here.filter(({ value }) => value !== undefined && fits(shape, value));
  const instead = own.length > 0 ? own : here.map((place) => filled(place, smallest(shape)));
  const others = [
    ...here.flatMap(({ value }) => (value === undefined || fits(shape, value) ? [] : [value])),
    ...shapes.filter((other) => other !== shape).map(smallest),
  ];
  const words = Object.values(shape.properties ?? {}).flatMap((key) => onlyValue(key) ?? []);
  return walk(shape, words.length === 0 ? path : `${path}[${JSON.stringify(words[0])}]`, instead, others);
}

/** A map with some of its keys only. */
const alone = (place: Place, keys: readonly string[]): Place => ({
  ...filled(place, Object.fromEntries(Object.entries(place.value as JsonMap).filter(([key]) => keys.includes(key)))),
  reduced: true,
});

const presentFirst = (a: Place, b: Place): number => Number(b.value !== undefined) - Number(a.value !== undefined);

const at = (place: Place, key: string | number): Place => ({
  ...place,
  path: [...place.path, key],
  value: (place.value as Readonly<Record<string | number, Json>> | undefined)?.[key],
});

const children = (place: Place, keys: Iterable<string | number>, none: string | number): Place[] => {
  const found = [...keys];
  return (found.length > 0 ? found : [none]).map((key) => at(place, key));
};

/** A place with a value that its file did not have. */
const filled = (place: Place, value: Json): Place => ({ ...place, files: changed(place, place.path, value), value });

const changed = ({ files, file }: Place, path: Path, value: Json | undefined): FileValues => ({
  ...files,
  [file]: replaced(files[file], path, value)!,
});

/** A value with another one below it, or without one. */
function replaced(value: Json | undefined, [step, ...rest]: Path, below: Json | undefined): Json | undefined {
  if (step === undefined) return below;
  if (typeof step === 'number') {
    const list = Array.isArray(value) ? (value as readonly Json[]) : [];
    const entry = replaced(list[step], rest, below);
    return [...list.slice(0, step), ...(entry === undefined ? [] : [entry]), ...list.slice(step + 1)];
  }
  const { [step]: old, ...others } = isMap(value) ? value : {};
  const entry = replaced(old, rest, below);
  return entry === undefined ? others : { ...(value as JsonMap | undefined), [step]: entry };
}

function leaf(node: SchemaNode, path: string, places: readonly Place[], others: readonly Json[]): Leaf {
  const only = onlyValue(node);
  return {
    path: only === undefined || path.endsWith(`[${JSON.stringify(only)}]`) ? path : `${path}=${JSON.stringify(only)}`,
    variants: () => places.map((place) => (only === undefined ? valued(node, place) : chosen(place, others))),
    ...(only === undefined && { swaps: () => swapped(places) }),
  };
}

/** A leaf with other values. */
function* valued(node: SchemaNode, place: Place): Generator<FileValues> {
  yield place.files;
  for (const value of candidates(node, place.value)) yield changed(place, place.path, value);
  if (place.value !== undefined) yield changed(place, place.path, undefined);
}

/** The maps around a word that other keys depend on, in the place of one with another word. */
function* swapped(places: readonly Place[]): Generator<FileValues> {
  const [place, ...others] = places.filter(({ value }) => value !== undefined);
  if (place === undefined) return;
  yield place.files;
  for (const other of others) {
    if (other.value !== place.value) yield changed(place, parent(place), valueAt(other, parent(other)));
  }
}

const parent = ({ path }: Place): Path => path.slice(0, -1);

const valueAt = ({ files, file }: Place, path: Path): Json | undefined =>
  path.reduce<Json | undefined>((value, step) => (value as JsonMap | undefined)?.[step], files[file]);

/** A word that chooses a shape: without what it chose, or with another shape. */
function* chosen(place: Place, others: readonly Json[]): Generator<FileValues> {
  yield place.files;
  yield changed(place, place.choice, undefined);
  for (const value of others) yield changed(place, place.choice, value);
}

/** An entry of a map under another name. */
function* renamed(place: Place, node: SchemaNode): Generator<FileValues> {
  yield place.files;
  const map = place.path.slice(0, -1);
  const { value: old = smallest(node) } = place;
  const without = { ...place, files: changed(place, place.path, undefined) };
  for (const name of ['other-sample', 'devel', 'example.com/sample']) yield changed(without, [...map, name], old);
}
