import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import tls from 'node:tls';

import { KafkaBroker } from '../../../../examples/kafka/broker/broker';
import { KafkaConsumer, KafkaProducer } from '../../../../examples/kafka/broker/clients';
import type { KafkaClientOptions } from '../../../../examples/kafka/broker/clients';
import type { Keystores } from '../../../../examples/kafka/broker/properties';
import { findKafka } from '../../../../examples/kafka/program/find-kafka';
import type { KafkaProgram } from '../../../../examples/kafka/program/kafka-program';
import { GuardedFolder } from '../../../../local/guard/guarded-folder';
import { contextOf } from '../../../../local/toolbox/context';
import { RevokingAuthority } from '../support/revoking-authority';

const [brokerName, producerName, consumerName] = ['broker-1.kafka.test', 'orders.clients.test', 'billing.clients.test'];
const revocation = {};

let folder: GuardedFolder;
let authority: RevokingAuthority;
let program: KafkaProgram;
let broker: KafkaBroker;

beforeAll(async () => {
  folder = GuardedFolder.create('kafka');
  program = await findKafka(contextOf({ environment: process.env, projectDirectory: process.cwd() }, () => undefined));
  authority = await RevokingAuthority.start();
  writeFileSync(at('ca.pem'), authority.ca);
  await authority.issue({ commonName: brokerName, usage: 'peer', file: at('broker.pem') });
  await authority.issue({ commonName: producerName, usage: 'client', file: at('producer.pem') });
  await authority.issue({ commonName: consumerName, usage: 'client', file: at('consumer.pem') });
  broker = await newBroker('broker');
  await broker.start();
  await broker.createTopic('orders');
  await broker.allowProducing(producerName, 'orders');
  await broker.allowConsuming(consumerName, 'orders', 'billing');
}, 300_000);

afterAll(async () => {
  await folder.dispose();
  await authority.stop();
});

test('no message is lost while the certificates of the broker, a producer and a consumer are replaced twice', async () => {
  const producer = new KafkaProducer(client('producer'));
  const consumer = new KafkaConsumer({ ...client('consumer'), group: 'billing' });
  await consumer.start();
  await producer.start();
  const before = await served();
  for (let renewals = 0; renewals < 2; renewals++) {
    const goal = producer.acknowledged.length + 10;
    expect(await producer.until(() => producer.acknowledged.length >= goal, 30_000)).toBe(true);
    await authority.issue({ commonName: brokerName, usage: 'peer', file: at('broker.pem') });
    await broker.reload();
    await authority.issue({ commonName: producerName, usage: 'client', file: at('producer.pem') });
    await producer.restart();
    await authority.issue({ commonName: consumerName, usage: 'client', file: at('consumer.pem') });
    await consumer.restart();
  }
  const goal = producer.acknowledged.length + 10;
  expect(await producer.until(() => producer.acknowledged.length >= goal, 30_000)).toBe(true);
  await producer.stop();
  await consumer.until(() => consumer.received.length >= producer.acknowledged.length, 30_000);
  await consumer.stop();

  expect(await served()).not.toBe(before);
  expect(producer.starts).toBe(3);
  expect(producer.errors).toEqual([]);
  expect(new Set(consumer.received)).toEqual(new Set(producer.acknowledged));
});

test('a client can do only what was granted', async () => {
  const producer = new KafkaProducer(client('consumer'));
  await producer.start();
  await producer.until(() => producer.errors.length > 0, 30_000);
  await producer.stop();
  expect(producer.acknowledged).toEqual([]);
  expect(producer.errors[0]).toBe('TopicAuthorizationException: Not authorized to access topics: [orders]');
});

describe('a client certificate cannot be used as a server certificate', () => {
  const reason = 'Extended key usage does not permit use for TLS server authentication';

  test('a broker does not start with it', async () => {
    const impostor = await newBroker('impostor', { keystoreFile: at('producer.pem') });
    await expect(impostor.start()).rejects.toThrow(reason);
  });

  test('a client does not connect to a server that presents it', async () => {
    const own = readFileSync(at('producer.pem'));
    const server = tls.createServer({ cert: own, key: own }).listen(0, '127.0.0.1');
    try {
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const deceived = new KafkaProducer({ ...client('producer'), address: `127.0.0.1:${port}` });
      await deceived.start();
      await deceived.until(() => deceived.errors.length > 0, 30_000);
      await deceived.stop();
      expect(deceived.errors[0]).toMatch(/^SslAuthenticationException/);
      expect(deceived.refusals[0]).toBe(reason);
    } finally {
      server.close();
    }
  });
});

describe('revocation', () => {
  test('a revoked client is refused after the list was refreshed', async () => {
    const serial = await authority.issue({ commonName: producerName, usage: 'client', file: at('producer.pem') });
    const before = new KafkaProducer(client('producer'));
    await before.start();
    expect(await before.until(() => before.acknowledged.length > 0, 30_000)).toBe(true);
    await before.stop();

    authority.revoke(serial);
    await authority.refreshList();
    const refused = async (): Promise<string | undefined> => {
      const producer = new KafkaProducer(client('producer'));
      await producer.start();
      await producer.until(() => producer.acknowledged.length + producer.errors.length > 0, 30_000);
      await producer.stop();
      return producer.errors[0];
    };
    // Java keeps a list for 30 seconds.
    let reason: string | undefined;
    for (let attempts = 0; reason === undefined && attempts < 60; attempts++) reason = await refused();
    expect(reason).toMatch(/^SslAuthenticationException/);
    expect(broker.refusals.at(-1)).toMatch(/^Certificate has been revoked, reason: KEY_COMPROMISE/);
  }, 180_000);

  test('sessions cannot be resumed, because they would not be checked again', async () => {
    const own = readFileSync(at('consumer.pem'));
    const socket = tls.connect({ host: '127.0.0.1', port: broker.port, ca: authority.ca, cert: own, key: own });
    let tickets = 0;
    socket.on('session', () => (tickets += 1));
    // A ticket would have come ahead of the answer: to ApiVersions, version 0, of a client without a name.
    socket.write(Buffer.from('0000000a0012000000000001ffff', 'hex'));
    await new Promise((resolve, reject) => socket.once('data', resolve).once('error', reject));
    socket.destroy();
    expect(tickets).toBe(0);
  });
});

const at = (name: string): string => path.join(folder.directory, name);

const newBroker = (name: string, others: Partial<Keystores> = {}): Promise<KafkaBroker> =>
  KafkaBroker.create({
    directory: folder.folder(name),
    pidFile: folder.pidFile(name),
    program,
    brokerName,
    keystoreFile: at('broker.pem'),
    truststoreFile: at('ca.pem'),
    revocation,
    ...others,
  });

let clients = 0;
function client(name: 'producer' | 'consumer'): KafkaClientOptions {
  const unique = `${name}-${++clients}`;
  return {
    directory: folder.folder(unique),
    pidFile: folder.pidFile(unique),
    program,
    keystoreFile: at(`${name}.pem`),
    truststoreFile: at('ca.pem'),
    revocation,
    address: broker.address,
    topic: 'orders',
  };
}

async function served(): Promise<string> {
  const own = readFileSync(at('consumer.pem'));
  const socket = tls.connect({ host: '127.0.0.1', port: broker.port, ca: authority.ca, cert: own, key: own });
  await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
  const { serialNumber } = socket.getPeerCertificate();
  socket.destroy();
  return serialNumber;
}
