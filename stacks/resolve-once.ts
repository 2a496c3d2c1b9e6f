import { DefaultTokenResolver, StringConcat, TerraformElement, Token, Tokenization, type TerraformStack } from 'cdktf';

/** A piece of Terraform JSON. */
export type Json = Record<string, unknown>;

/** Content of the comment key `//`. */
export interface Head {
  readonly metadata: Json;
  readonly outputs: Json;
}

/**
 * The Terraform JSON of a stack, equal to that of `TerraformStack.toTerraform`, in a third of the time.
 *
 * cdktf visits every value of every element twice to find tokens. Here, elements without tokens, which are nearly all, are used unchanged, and
 * the others are resolved once. See docs/decisions/0003-fast-synthesis.md. A test compares both for every stack of the inventory.
 *
 * @param head input of cdktf-cli; elements add to its metadata
 * @param overrides merged into the elements, in this order
 */
export function resolveOnce(stack: TerraformStack, head: Head, overrides: readonly Json[]): Json {
  const metadata = copy(head.metadata);
  const result: Json = { '//': { ...head, metadata } };
  const resolver = new DefaultTokenResolver(new StringConcat());
  for (const element of stack.node.findAll()) {
    if (!TerraformElement.isTerraformElement(element)) continue;
    merge(metadata, element.toMetadata() as Json);
    const fragment = element.toTerraform() as Json;
    const resolved = holdsToken(fragment)
      ? (Tokenization.resolve(fragment, { scope: stack, resolver, preparing: false }) as Json)
      : fragment;
    merge(result, resolved);
  }
  for (const override of overrides) merge(result, copy(override));
  return result;
}

/** Tokens are strings with a marker, objects with a `resolve` method, and numbers of a reserved range. */
function holdsToken(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('TfToken[');
  if (typeof value === 'number') return value < -Number.MAX_SAFE_INTEGER && Token.isUnresolved(value);
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsToken);
  if (typeof (value as { resolve?: unknown }).resolve === 'function') return true;
  for (const key in value) {
    // Metadata of cdktf about an element: its path and name.
    if (key === '//') continue;
    if (key.includes('TfToken[') || holdsToken((value as Json)[key])) return true;
  }
  return false;
}

/**
 * Merges objects recursively and concatenates lists of blocks. Parts of the source become parts of the target, so the caller must own the
 * source.
 */
function merge(target: Json, source: Json): void {
  for (const [key, value] of Object.entries(source)) {
    if (value === undefined) continue;
    const existing = Object.hasOwn(target, key) ? target[key] : undefined;
    if (Array.isArray(existing) && Array.isArray(value)) {
      target[key] = [...(existing as unknown[]), ...(value as unknown[])];
    } else if (isObject(existing) && isObject(value)) {
      merge(existing, value);
    } else {
      target[key] = value;
    }
  }
}

function copy(value: Json): Json {
  const entries = Object.entries(value).map(([key, inner]) => [key, isObject(inner) ? copy(inner) : inner] as const);
  return Object.fromEntries(entries);
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
