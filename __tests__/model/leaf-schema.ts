/** A JSON value, as a file of the inventory holds it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The keywords of JSON Schema that the three schemas use. */
export interface SchemaNode {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false | SchemaNode;
  readonly propertyNames?: SchemaNode;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
  readonly default?: Json;
}

export type JsonMap = Readonly<Record<string, Json>>;

export const isMap = (value: Json | undefined): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const shapesOf = ({ anyOf, oneOf }: SchemaNode): readonly SchemaNode[] | undefined => anyOf ?? oneOf;

/** The only value that a schema allows; undefined if it allows several. */
export const onlyValue = (node: SchemaNode): Json | undefined =>
  node.const ?? (node.enum?.length === 1 ? node.enum[0] : undefined);

/** Whether a value has the shape of a schema. Patterns and numbers are left to the loader. */
export function fits(node: SchemaNode, value: Json): boolean {
  const shapes = shapesOf(node);
  if (shapes !== undefined) return shapes.some((shape) => fits(shape, value));
  if (node.const !== undefined) return node.const === value;
  if (node.enum !== undefined) return node.enum.includes(value);
  if (node.items !== undefined) return Array.isArray(value);
  if (node.type === 'object') {
    const { properties = {}, additionalProperties } = node;
    return (
      isMap(value) &&
      (node.required ?? []).every((key) => Object.hasOwn(value, key)) &&
      Object.entries(value).every(([key, entry]) =>
        Object.hasOwn(properties, key) ? fits(properties[key]!, entry) : isMap(additionalProperties as Json),
      )
    );
  }
  return typeof value === (node.type === 'integer' ? 'number' : node.type);
}
