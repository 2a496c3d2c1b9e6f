import fc from 'fast-check';

import { parsePolicy } from '../../../access/policy/parse-policy';
import { capabilities, type ParameterValue, type Stanza } from '../../../access/policy/policy';
import { printPolicy } from '../../../access/policy/print-policy';
import { caseCount, seed } from '../../support/soak';
import { policy, stanza, unconditional } from '../hand-made';
import { withoutPositions } from './without-positions';

/** Texts with what is special in HCL. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }).filter((value) => !/[\uD800-\uDFFF]/.test(value)),
  fc.string({
    unit: fc.constantFrom('${', '}', '"', '\\', '\n', '\r', '\t', '\0', 'é', '😀', '\uE123', '$', '{', 'a', ' '),
  }),
);

const path = text.filter((value) => !value.includes('+*') && !value.includes('{{') && !value.includes('}}'));

const key = text.map((value) => value.toLowerCase()).filter((value) => value === value.toLowerCase());

/** Values as parsing yields them: an object outside a list is in a list of its own. */
const value: fc.Arbitrary<ParameterValue> = fc.letrec<{ element: ParameterValue; member: ParameterValue }>((tie) => ({
  element: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.array(tie('element'), { maxLength: 3 }),
    fc.dictionary(text, tie('member'), { maxKeys: 3, noNullPrototype: true }),
  ),
  member: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.integer(),
    fc.array(tie('element'), { maxLength: 3 }),
  ),
})).element;

const rules = fc
  .array(fc.tuple(key, fc.array(value, { maxLength: 3 })), { maxLength: 3 })
  .map((entries) => new Map<string, readonly ParameterValue[]>(entries));

const wrappingTtls = fc
  .record({ a: fc.nat(1e6), b: fc.nat(1e6), unit: fc.constantFrom(1, 1e3, 1e9) })
  .map(({ a, b, unit }) =>
    b !== 0 && b < a ? { minimum: b / unit, maximum: a / unit } : { minimum: a / unit, maximum: b / unit },
  );

const position = { line: 1, column: 1 };

const withOptional = <Name extends keyof Stanza>(name: Name, option: fc.Arbitrary<NonNullable<Stanza[Name]>>) =>
  fc.option(option, { nil: undefined }).map((chosen) => (chosen === undefined ? {} : { [name]: chosen }));

const always = fc
  .tuple(
    path,
    withOptional('comment', text),
    withOptional('expiresAt', fc.integer({ min: 0, max: 250_000_000_000_000 })),
  )
  .map(([chosen, ...others]) => ({ path: chosen, position, ...Object.assign({}, ...others) }));

const deny = always.map((made): Stanza => ({ ...made, ...unconditional, capabilities: ['deny'] }));

const names = fc.array(text, { maxLength: 2 });

const controlGroup = fc.record({
  ttlSeconds: fc.nat(),
  selfApproval: fc.boolean(),
  factors: fc.uniqueArray(
    fc.record({
      name: text,
      capabilities: fc.subarray(['read', 'list', 'update'], { minLength: 1 }),
      groupNames: fc.array(text, { minLength: 1, maxLength: 2 }),
      groupIds: fc.constant([]),
      approvals: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 1, maxLength: 2, selector: ({ name }) => name },
  ),
});

const grant = fc
  .record({
    base: always,
    capabilities: fc.subarray(capabilities.filter((name) => !['deny', 'recover', 'subscribe'].includes(name))),
    allowedParameters: rules,
    deniedParameters: rules,
    requiredParameters: fc.array(key, { maxLength: 2 }),
    ttls: wrappingTtls,
    paginationLimit: fc.integer(),
    mfaMethods: names,
    controlGroup: withOptional('controlGroup', controlGroup),
  })
  .map(({ base, ttls, controlGroup: group, ...others }): Stanza => ({
    ...base,
    ...others,
    minWrappingTtlSeconds: ttls.minimum,
    maxWrappingTtlSeconds: ttls.maximum,
    subscribeEventTypes: [],
    ...group,
  }));

const policies = fc.array(fc.oneof(grant, deny), { maxLength: 4 }).map((stanzas) => policy('p', stanzas));

describe('printPolicy', () => {
  it('prints what is parsed as the same policy', () => {
    fc.assert(
      fc.property(policies, (original) => {
        const parsed = parsePolicy('p', printPolicy(original), 'openbao-2.7');
        expect(withoutPositions(parsed)).toBe(withoutPositions(original));
      }),
      { numRuns: caseCount({ usual: 500, inSoak: 10_000 }), seed },
    );
  });

  it('prints a canonical form: capabilities and parameters in a fixed order', () => {
    const parse = (source: string) => parsePolicy('p', source, 'vault-2');
    const one = parse('path "/a" { capabilities = ["list", "read"] denied_parameters { b = [1] a = ["x"] } }');
    expect(printPolicy(one)).toBe(`path "a" {
  capabilities = ["read", "list"]
  denied_parameters = {
    "a" = ["x"]
    "b" = [1]
  }
}
`);
    const other = parse('path a { denied_parameters = { "A" = ["x"], b = [1] }, policy = "read" }');
    expect(printPolicy(other)).toBe(printPolicy(one));
  });

  it('prints a leading slash that belongs to the pattern', () => {
    const parsed = parsePolicy('p', 'path "//a" { capabilities = ["read"] }', 'vault-2');
    expect(parsed.stanzas[0]?.path).toBe('/a');
    expect(printPolicy(parsed)).toContain('path "//a"');
  });

  it('prints what only Vault has', () => {
    const source = `path "a" {
  capabilities = ["read", "recover", "subscribe"]
  subscribe_event_types = ["*"]
  mfa_methods = ["m"]
  control_group {
    factor "f" {
      identity {
        group_names = ["g"]
        approvals = 2
      }
    }
  }
}
`;
    expect(printPolicy(parsePolicy('p', source, 'vault-1.21'))).toBe(source);
  });

  it('prints what only OpenBao has, and everything in a fixed order', () => {
    const source = `path "a" {
  comment = "x"
  capabilities = ["read", "list"]
  allowed_parameters = {
    "*" = []
    "a" = ["x", 1, 1.5, true, false, [], ["y"], { "k" = 1, "l" = [2] }]
  }
  denied_parameters = {
    "b" = []
  }
  required_parameters = ["c", "d"]
  min_wrapping_ttl = 60
  max_wrapping_ttl = "90500000000ns"
  pagination_limit = 10
  list_scan_response_keys_filter_path = "{{ .key }}"
  expiration = "2030-01-31T00:00:00.000Z"
  mfa_methods = ["m", "n"]
  control_group {
    ttl = 3600
    self_auth_allowed = true
    factor "f" {
      controlled_capabilities = ["read"]
      identity {
        group_names = ["g", "h"]
        approvals = 2
      }
    }
    factor "h" {
      controlled_capabilities = ["list"]
      identity {
        group_names = ["g"]
        approvals = 1
      }
    }
  }
}

path "b" {
  capabilities = ["deny"]
}
`;
    expect(printPolicy(parsePolicy('p', source, 'openbao-2.7'))).toBe(source);
  });

  it('prints ids of groups, and lines of a policy without stanzas', () => {
    const source = 'path "a" { control_group { factor "f" { identity { group_ids = ["i"] approvals = 1 } } } }';
    expect(printPolicy(parsePolicy('p', source, 'vault-2'))).toContain('        group_ids = ["i"]\n');
    expect(printPolicy(policy('p', []))).toBe('# no stanzas\n');
    expect(printPolicy(policy('root', []))).toBe('# no stanzas\n');
  });

  it.each([
    ['a"b\\c\nd\re\tf', 'a\\"b\\\\c\\nd\\re\\tf'],
    ['\0\x01\x08\x0b\x0c\x0e\x1f\x7f', '\\x00\\x01\\x08\\x0b\\x0c\\x0e\\x1f\\x7f'],
    ['a${b}$c{d}', 'a\\x24{b}$c{d}'],
    ['\uE123é😀', '\\ue123é😀'],
  ])('prints the text %j as %j', (comment, printed) => {
    expect(printPolicy(policy('p', [stanza('a', [], { comment })]))).toContain(`  comment = "${printed}"\n`);
  });

  it.each([
    [1e21, '1e+21'],
    [2 ** 53, '9.007199254740992e+15'],
    [2 ** 53 - 1, '9007199254740991'],
    [-5, '-5'],
    [0.25, '0.25'],
    [1e-7, '1e-7'],
  ])('prints the number %d as %s', (value, printed) => {
    const conditions = { allowedParameters: new Map([['k', [value]]]) };
    expect(printPolicy(policy('p', [stanza('a', [], conditions)]))).toContain(`    "k" = [${printed}]\n`);
  });

  it('refuses values that no policy can contain', () => {
    const withValue = (value: ParameterValue) =>
      policy('p', [stanza('a', [], { allowedParameters: new Map([['k', [value]]]) })]);
    expect(() => printPolicy(withValue(null))).toThrow('cannot contain null');
    expect(() => printPolicy(withValue(Infinity))).toThrow('cannot contain the number Infinity');
  });
});
