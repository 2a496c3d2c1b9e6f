import { PlatformError } from '../../model/errors';
import { parseCredential } from '../../operations/credential-value';

const password = ['password'];
const awsKey = ['access_key', 'secret_key'];
const created = { AccessKey: { UserName: 'vault', AccessKeyId: 'AKIAEXAMPLE', SecretAccessKey: 'canary' } };

describe('one value', () => {
  it.each([
    ['as a file without an end of line has it', 'pass word'],
    ['without the end of line of an editor', 'pass word\n'],
    ['without that of Windows', 'pass word\r\n'],
  ])('is accepted %s', (_, text) => {
    expect(parseCredential(text, password)).toEqual({ password: 'pass word' });
  });

  it('keeps spaces and quotes, which can be part of the value', () => {
    expect(parseCredential(' "x" \n', password)).toEqual({ password: ' "x" ' });
  });
});

describe('an access key of AWS', () => {
  it('is accepted in the format of the AWS command line', () => {
    const text = JSON.stringify(created, null, 4);
    expect(parseCredential(text, awsKey)).toEqual({ access_key: 'AKIAEXAMPLE', secret_key: 'canary' });
  });
});

describe('other input is refused, and not repeated in the error', () => {
  const { AccessKey } = created;
  it.each([
    ['nothing', '', password, 'nothing'],
    ['an empty line', '\n', password, 'nothing'],
    ['two lines', 'canary\ncanary\n', password, '2 lines'],
    ['a key that is no JSON', 'canary', awsKey, 'something else'],
    ['JSON that ends early', JSON.stringify(created).slice(0, -1), awsKey, 'something else'],
    ['a key without its envelope', JSON.stringify(AccessKey), awsKey, 'something else'],
    ['half a key', JSON.stringify({ AccessKey: { ...AccessKey, AccessKeyId: '' } }), awsKey, 'something else'],
  ])('%s', (_, text, secrets, given) => {
    let thrown: unknown;
    try {
      parseCredential(text, secrets);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(PlatformError);
    expect(thrown).toMatchObject({
      code: 'usage',
      problems: [{ given, fix: expect.stringContaining('pipe') as string }],
    });
    expect(JSON.stringify(thrown) + String(thrown)).not.toContain('canary');
  });
});
