import type { ServerClient } from '../../client/server-client';
import { ServerRefusal } from '../../client/server-refusal';
import { PlatformError, type Problem } from '../../model/errors';
import type { Attributes } from '../../synthesis/objects/object-kinds';
import type { PlannedObject, PlannedObjects } from '../../synthesis/objects/planned-objects';

/** Lookups at the same time. */
const concurrency = 16;

/**
 * Refuses a plan that creates what exists already on the server, because most paths of the API replace what they find: a policy would get
 * another text, and a group another member. Looks each object up with the credential of the run, and changes nothing.
 *
 * @throws PlatformError `terraform` with every object that exists, what it is, and how to go on; and with every lookup that was refused
 */
export async function refuseForeignObjects(
  client: Pick<ServerClient, 'read' | 'write'>,
  { objects, unknown }: PlannedObjects,
): Promise<void> {
  const problems: Problem[] = unknown.map((address) => ({
    message: 'it is not known where this resource is on the server, so it cannot be checked that it does not exist yet',
    given: address,
    fix: 'add its type to synthesis/objects/object-kinds.ts',
  }));
  const others = objects.filter(({ kind }) => kind.stays !== true);
  for (let index = 0; index < others.length; index += concurrency) {
    const found = await Promise.all(
      others.slice(index, index + concurrency).map((object) => problemOf(client, object)),
    );
    problems.push(...found.flat());
  }
  if (problems.length > 0) throw new PlatformError('terraform', problems);
}

async function problemOf(client: Pick<ServerClient, 'read' | 'write'>, object: PlannedObject): Promise<Problem[]> {
  const { address, kind, path, attributes } = object;
  const body = kind.lookup?.(attributes);
  const target = path.split('/').map(encodeURIComponent).join('/');
  try {
    const { data } = body === undefined ? await client.read(target) : await client.write(target, body);
    // A lookup without a result has no data.
    return data === undefined ? [] : [foreign(object, data)];
  } catch (error) {
    if (!(error instanceof ServerRefusal)) throw error;
    if (isAbsent(error)) return [];
    if (error.status !== 403) throw error;
    const operation = body === undefined ? 'read' : 'update';
    return [
      {
        message: `it cannot be checked that this ${kind.title} does not exist yet, because the token may not ${operation} it`,
        given: `${address}: ${operation} ${path}`,
        fix: 'apply the platform stack of the cluster first, whose policies allow it, and use the token of this kind of stack',
      },
    ];
  }
}

/** Mounts that do not exist are refused with 400. */
const isAbsent = ({ status, reasons }: ServerRefusal): boolean =>
  status === 404 || (status === 400 && /^no (secret engine mount|auth engine) at /i.test(reasons.join(' ')));

function foreign({ address, kind, path, attributes }: PlannedObject, found: Attributes): Problem {
  const { importedBy, insteadOfImport } = kind;
  const id =
    importedBy === undefined
      ? path
      : 'answer' in importedBy
        ? found[importedBy.answer]
        : attributes[importedBy.attribute];
  const given = [`${address}: ${path}`, ...describe(kind.shows, found)].join('\n');
  const made = kind.madeByServer?.(attributes, found);
  if (made !== undefined) return { ...made, given };
  const ours = insteadOfImport ?? `import it in the folder of the stack: terraform import '${address}' '${String(id)}'`;
  return {
    message: `this ${kind.title} exists already and is not in the state of the stack; the plan would take it over`,
    given,
    fix: `if it belongs to another stack, move its state first (platform moves); if it is yours, ${ours}; otherwise choose another name`,
  };
}

const linesShown = 5;

/** One line for each field that has a value; of long texts and lists the beginning. */
function describe(fields: readonly string[], found: Attributes): string[] {
  return fields.flatMap((field) => {
    const value = found[field];
    if (value === undefined || value === null || value === '') return [];
    if (typeof value === 'string' && value.includes('\n')) {
      const lines = value.trimEnd().split('\n');
      const rest = lines.length > linesShown ? [`  … ${lines.length - linesShown} more lines`] : [];
      return [`${field}:`, ...lines.slice(0, linesShown).map((line) => `  ${line}`), ...rest];
    }
    if (Array.isArray(value) && /_ids$|^aliases$/.test(field)) return [`${field}: ${value.length}`];
    return [`${field}: ${JSON.stringify(value)}`];
  });
}
