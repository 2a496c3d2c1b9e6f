import { brokerProperties, clientProperties, propertiesText } from '../../../../examples/kafka/broker/properties';

const keystores = { keystoreFile: '/k/key.pem', truststoreFile: '/k/ca.pem' };
const broker = brokerProperties({
  ...keystores,
  brokerName: 'broker-1.kafka.test',
  port: 20001,
  controllerPort: 20002,
  dataDirectory: '/k/data',
});

test('every listener of a broker requires a certificate, is on loopback and uses only TLS 1.3', () => {
  expect(broker).toMatchObject({
    listeners: 'CLIENTS://127.0.0.1:20001,CONTROLLER://127.0.0.1:20002',
    'listener.security.protocol.map': 'CLIENTS:SSL,CONTROLLER:SSL',
    'ssl.client.auth': 'required',
    'ssl.enabled.protocols': 'TLSv1.3',
  });
});

test('only the broker itself needs no grants', () => {
  expect(broker).toMatchObject({
    'super.users': 'User:broker-1.kafka.test',
    'allow.everyone.if.no.acl.found': false,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  });
});

test('a subject with more than a common name is not mapped to that name', () => {
  const [, pattern = ''] = /^RULE:(.*)\/\$1\/,DEFAULT$/.exec(String(broker['ssl.principal.mapping.rules'])) ?? [];
  expect(new RegExp(pattern).exec('CN=broker-1.kafka.test')?.[1]).toBe('broker-1.kafka.test');
  expect(new RegExp(pattern).test('CN=broker-1.kafka.test,O=else')).toBe(false);
  expect(new RegExp(pattern).test('O=else,CN=broker-1.kafka.test')).toBe(false);
});

test('clients verify the name of the broker', () => {
  expect(clientProperties(keystores)).toEqual({
    'security.protocol': 'SSL',
    'ssl.enabled.protocols': 'TLSv1.3',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': '/k/key.pem',
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': '/k/ca.pem',
  });
});

test('special characters of a properties file are escaped', () => {
  expect(propertiesText({ a: 'C:\\x', b: ' two\nlines', c: 'Übung', d: 1, e: false })).toBe(
    'a=C:\\\\x\nb=\\ two\\nlines\nc=\\u00dcbung\nd=1\ne=false\n',
  );
});
