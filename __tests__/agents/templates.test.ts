import { fileTemplates, secretTemplate } from '../../agents/templates';
import { certificate, document } from './agents';

const place = { tenant: { name: 'checkout' }, environment: { name: 'devel' } };
const texts = (...parameters: Parameters<typeof fileTemplates>): Record<string, string> =>
  Object.fromEntries(fileTemplates(...parameters).map(({ file, text }) => [file, text]));

describe('the templates of an agent', () => {
  it('ask for a certificate with every name, and leave out what is not asked for', () => {
    const { 'broker.pem': text } = texts(
      place,
      certificate({ altNames: ['a.example.com', 'b.example.com'], ipAddresses: ['10.0.0.1'], ttlSeconds: 180 }),
    );
    expect(text).toContain(
      '{{ with pkiCert "v1/devel/pki/kafka/issue/checkout-broker" "common_name=kafka.devel.example.com" ' +
        '"alt_names=a.example.com,b.example.com" "ip_sans=10.0.0.1" "ttl=180s" "private_key_format=pkcs8" -}}',
    );
    expect(texts(place, certificate())['broker.pem']).not.toMatch(/alt_names|ip_sans/);
  });

  it('put key, certificate and issuer into one file, from one issue', () => {
    const { 'broker.pem': text } = texts(place, certificate());
    expect(text!.match(/pkiCert/g)).toHaveLength(1);
    expect(text).toContain('{{ .Data.Key }}{{ .Data.Cert }}{{ .Data.CA }}');
  });

  it('write nothing in place: that would not be at once', () => {
    for (const file of [certificate(), document])
      expect(Object.values(texts(place, file)).join()).not.toContain('writeToFile');
  });

  it('read a document of the tenant’s own folder', () => {
    expect(texts(place, document)).toEqual({
      'settings.json':
        '{{ with secret "v1/devel/kv/data/checkout/settings" -}}\n{{ .Data.data | toUnescapedJSONPretty }}\n{{ end -}}\n',
    });
  });

  it('make of a certificate for OpenSSL a Secret of the type that Ingresses want, of one for Java its two files', () => {
    const keys = (text: string): string[] => [...text.matchAll(/"([\w.-]+)":"\{\{/g)].map(([, key]) => key!);
    const metadata = { name: 'one', namespace: 'shop' };
    const tls = secretTemplate(place, certificate(), metadata);
    expect(tls).toContain('"type":"kubernetes.io/tls"');
    expect(keys(tls)).toEqual(['tls.key', 'tls.crt', 'ca.crt']);
    expect(keys(secretTemplate(place, certificate({ format: 'java' }), metadata))).toEqual([
      'broker.pem',
      'broker.ca.pem',
    ]);
    expect(keys(secretTemplate(place, document, metadata))).toEqual(['settings.json']);
  });
});
