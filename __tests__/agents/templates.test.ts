import { fileTemplates, secretTemplate } from '../../agents/templates';
import { certificate, document } from './agents';

const place = { tenant: { name: 'checkout' }, environment: { name: 'devel' } };
const texts = (...parameters: Parameters<typeof fileTemplates>): Record<string, string> =>
  Object.fromEntries(fileTemplates(...parameters).map(({ file, text }) => [file, text]));

describe('the templates of an agent', () => {
  it('request every name of the certificate, and omit settings without a value', () => {
    const { 'broker.pem': text } = texts(
      place,
      certificate({ altNames: ['a.example.com', 'b.example.com'], ipAddresses: ['10.0.0.1'], ttlSeconds: 180 }),
    );
    expect(text).toContain(
      '{{ with pkiCert "v1/devel/pki/kafka/issue/checkout.broker" "common_name=kafka.devel.example.com" ' +
        '"alt_names=a.example.com,b.example.com" "ip_sans=10.0.0.1" "ttl=180s" "private_key_format=pkcs8" -}}',
    );
    expect(texts(place, certificate())['broker.pem']).not.toMatch(/alt_names|ip_sans/);
  });

  it('write key, certificate and issuer of one issuance to one file', () => {
    const { 'broker.pem': text } = texts(place, certificate());
    expect(text!.match(/pkiCert/g)).toHaveLength(1);
    expect(text).toContain('{{ .Data.Key }}{{ .Data.Cert }}{{ .Data.CA }}');
  });

  it('do not write files in place, which would not be atomic', () => {
    for (const file of [certificate(), document])
      expect(Object.values(texts(place, file)).join()).not.toContain('writeToFile');
  });

  it('read documents of the tenant', () => {
    expect(texts(place, document)).toEqual({
      'settings.json':
        '{{ with secret "v1/devel/kv/data/checkout/settings" -}}\n{{ .Data.data | toUnescapedJSONPretty }}\n{{ end -}}\n',
    });
  });

  it('create a kubernetes.io/tls Secret for PEM, and keystore and truststore for Java', () => {
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
