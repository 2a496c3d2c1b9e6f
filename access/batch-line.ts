import { operations, type AccessRequest, type Operation } from './decide/request';
import type { ParameterValue } from './policy/policy';
import { servers, type Server } from './servers';

/** A policy as a line has it. */
export interface PolicyText {
  readonly name: string;
  readonly text: string;
}

/** What one line asks. */
export interface BatchRequest {
  readonly server: Server;
  readonly policies: readonly PolicyText[];
  readonly request: AccessRequest;
}

/** A line that cannot be decided, with a sentence for people. */
export class BatchLineError extends Error {}

/** Reads a line of `access decide --batch`. Keys that it does not know are ignored. @throws BatchLineError */
export const parseBatchLine = (line: string): BatchRequest => {
  const value = parseJson(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BatchLineError(`the line must be a JSON object, not ${describe(value)}`);
  }
  const { server, policies, operation, path, parameters, wrap_ttl: ttl, exists } = value as Record<string, unknown>;
  return {
    server: word('server', server, Object.keys(servers)) as Server,
    policies: policiesOf(policies),
    request: {
      operation: word('operation', operation, operations) as Operation,
      path: text('path', path),
      parameters: optional(parameters, isObject, 'parameters must be an object or null'),
      wrapTtlSeconds: optional(ttl, isSeconds, 'wrap_ttl must be a number of seconds or null'),
      exists: optional(exists, (one) => typeof one === 'boolean', 'exists must be true, false or null'),
    },
  };
};

const parseJson = (line: string): unknown => {
  if (line.trim() === '') throw new BatchLineError('the line is empty: each line must be a JSON object');
  try {
    return JSON.parse(line) as unknown;
  } catch {
    // The message of the error quotes the line, which may contain a secret.
    throw new BatchLineError('the line is not JSON');
  }
};

const policiesOf = (value: unknown): PolicyText[] => {
  if (!Array.isArray(value)) {
    throw new BatchLineError(`policies must be a list of {"name", "text"}, not ${describe(value)}`);
  }
  return value.map((policy: unknown, index) => {
    if (!isObject(policy)) {
      throw new BatchLineError(`policies[${index}] must be {"name", "text"}, not ${describe(policy)}`);
    }
    return {
      name: text(`policies[${index}].name`, policy.name),
      text: text(`policies[${index}].text`, policy.text),
    };
  });
};

const text = (key: string, value: unknown): string => {
  if (typeof value !== 'string') throw new BatchLineError(`${key} must be a text, not ${describe(value)}`);
  return value;
};

const word = (key: string, value: unknown, allowed: readonly string[]): string => {
  if (typeof value !== 'string' || !allowed.includes(value)) {
    const given = typeof value === 'string' ? `"${value.slice(0, 100)}"` : describe(value);
    throw new BatchLineError(`${key} must be one of ${allowed.join(', ')}, not ${given}`);
  }
  return value;
};

const optional = <T>(value: unknown, isValid: (value: unknown) => value is T, message: string): T | null => {
  if (value === undefined || value === null) return null;
  if (!isValid(value)) throw new BatchLineError(`${message}, not ${describe(value)}`);
  return value;
};

const isObject = (value: unknown): value is Record<string, ParameterValue> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSeconds = (value: unknown): value is number => typeof value === 'number' && value >= 0;

/** What a value is. A text is not shown, because it may be a secret. */
const describe = (value: unknown): string => {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'a text';
  return typeof value === 'object' && value !== null ? 'an object' : JSON.stringify(value);
};
