import type { AccessModel } from './access-model';
import { isObject, textsOf, type ApiObject } from './api-values';
import { modelOfStacks, type StackOrigin, type StackPart, type TerraformOptions } from './from-terraform';
import { Resources, type Resource } from './terraform/resources';

/** A plan of one stack, as `terraform show -json` prints it. */
export interface PlanModels {
  /** Name of the stack, from the provider's `token_name`; `plan` if that does not contain it. */
  readonly stack: string;
  readonly before: AccessModel;
  readonly after: AccessModel;
}

/** What the server of a plan is called, and the function that finds it by the stack's name. */
export type PlanOptions = Pick<TerraformOptions, 'tokens'> & { readonly originOf: (stack: string) => StackOrigin };

/**
 * Models of the stack's part of a server before and after a plan is applied. Objects of other stacks are in neither: their roles keep what
 * they have, and policies that the plan's roles take from them are missing here.
 */
export function planModels(plan: unknown, { originOf, tokens }: PlanOptions): PlanModels {
  const root = isObject(plan) ? plan : {};
  const stack = stackOf(root);
  const origin = originOf(stack);
  const model = (values: unknown, configuration: unknown): AccessModel =>
    modelOfStacks(partsOf(values, configuration, { stack, share: origin.share }), origin, tokens);
  return {
    stack,
    before: model(at(root, 'prior_state', 'values', 'root_module'), undefined),
    after: model(at(root, 'planned_values', 'root_module'), at(root, 'configuration', 'root_module')),
  };
}

interface PlannedStack {
  readonly stack: string;
  readonly share: StackOrigin['share'] | undefined;
}

/** One part for each module, because references are valid in one module only. */
function partsOf(module: unknown, configuration: unknown, planned: PlannedStack): StackPart[] {
  if (!isObject(module)) return [];
  const { stack, share } = planned;
  const address = typeof module.address === 'string' ? `${stack}: ${module.address}` : stack;
  const expressions = new Map(
    objectsOf(at(configuration, 'resources')).map((each) => [each.address, each.expressions] as const),
  );
  const resources = objectsOf(module.resources).map((each) => resourceOf(each, expressions));
  return [
    { resources: new Resources(address, resources), ...(share !== undefined && { share }) },
    ...objectsOf(module.child_modules).flatMap((child) => {
      const name = /([^.[]+)(?:\[[^\]]*\])?$/.exec(String(child.address))?.[1] ?? '';
      return partsOf(child, at(configuration, 'module_calls', name, 'module'), planned);
    }),
  ];
}

/** Arguments whose values are not known before the apply become the references of the configuration. */
function resourceOf(resource: ApiObject, expressions: ReadonlyMap<unknown, unknown>): Resource {
  const { type, name, index } = resource;
  const values: Record<string, unknown> = isObject(resource.values) ? { ...resource.values } : {};
  const mode = resource.mode === 'data' ? 'data' : 'resource';
  const own = expressions.get(`${mode === 'data' ? 'data.' : ''}${String(type)}.${String(name)}`);
  for (const [key, expression] of Object.entries(isObject(own) ? own : {})) {
    const known = values[key];
    if (known !== undefined && known !== null) continue;
    const references = textsOf(at(expression, 'references'));
    // Both the attribute and its resource are listed.
    const attributes = references.filter((text) => !references.some((other) => other.startsWith(`${text}.`)));
    if (attributes.length > 0) values[key] = valueOf(attributes, key);
  }
  const suffix = index === undefined ? '' : `[${JSON.stringify(index)}]`;
  return { mode, type: String(type), name: `${String(name)}${suffix}`, values };
}

/** Lists of ids are lists of references. Of several references in a text the plan does not contain the text. */
const valueOf = (attributes: readonly string[], key: string): unknown => {
  const references = attributes.map((attribute) => `\${${attribute}}`);
  if (key.endsWith('_ids')) return references;
  return references.length === 1 ? references[0] : '${unknown}';
};

function stackOf(plan: ApiObject): string {
  const token = at(plan, 'configuration', 'provider_config', 'vault', 'expressions', 'token_name', 'constant_value');
  return typeof token === 'string' && token.startsWith('terraform-') ? token.slice('terraform-'.length) : 'plan';
}

const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), value);

const objectsOf = (value: unknown): ApiObject[] => (Array.isArray(value) ? (value as unknown[]).filter(isObject) : []);
