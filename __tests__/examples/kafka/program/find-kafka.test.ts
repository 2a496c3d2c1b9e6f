import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { findKafka } from '../../../../examples/kafka/program/find-kafka';
import { kafkaJars } from '../../../../examples/kafka/program/kafka-jars';
import { failureOf, World } from '../../../local/toolbox/fixture';

let world: World;
let java: string;
beforeEach(() => {
  world = new World();
  java = world.program('java', 'echo "openjdk 21.0.2 2024-01-16"');
});
afterEach(() => world.remove());

/** A folder with a jar of a server in it. */
function distribution(jar: string, folder = 'libs'): string {
  const libs = path.join(world.root, 'kafka', folder);
  mkdirSync(libs, { recursive: true });
  writeFileSync(path.join(libs, jar), '');
  return path.join(world.root, 'kafka');
}

test.each(['libs', '.'])('the variable names a distribution, or its jars (%s)', async (folder) => {
  const VAULT_PLATFORM_KAFKA = distribution('kafka_2.13-4.2.0.jar', folder);
  const libs = path.join(VAULT_PLATFORM_KAFKA, folder);
  const program = await findKafka(world.context({ VAULT_PLATFORM_KAFKA }));
  expect(program).toEqual({ name: 'Kafka', version: '4.2.0', path: java, origin: 'environment', libs });
});

describe('an unusable variable is reported with the reason', () => {
  test('another version', async () => {
    const VAULT_PLATFORM_KAFKA = distribution('kafka_2.13-3.6.1.jar');
    expect((await failureOf(findKafka(world.context({ VAULT_PLATFORM_KAFKA })))).problems).toEqual([
      {
        message: 'VAULT_PLATFORM_KAFKA cannot be used: it is Kafka 3.6.1',
        given: VAULT_PLATFORM_KAFKA,
        allowed: 'the folder of Kafka 4.1 or newer (older than 5), or its libs',
        fix: 'correct VAULT_PLATFORM_KAFKA, or unset it to let Kafka be installed',
      },
    ]);
  });

  test('no Kafka', async () => {
    const error = await failureOf(findKafka(world.context({ VAULT_PLATFORM_KAFKA: world.root })));
    expect(error.message).toContain('it contains no jar of a Kafka server');
  });
});

test('without a recent Java, reports the rejected one and the requirement', async () => {
  world.program('java', 'echo "openjdk 11.0.20 2023-07-18"');
  expect((await failureOf(findKafka(world.context()))).message).toContain('Java 17 or newer is required to run Kafka');
  expect(world.messages).toEqual([expect.stringContaining('it is Java 11.0.20')]);
});

describe('a failed download is reported with the reason', () => {
  test('no Maven', async () => {
    expect((await failureOf(findKafka(world.context()))).problems).toEqual([
      {
        message: 'mvn is required to install Kafka 4.1.2 and is not on PATH',
        fix: 'install Maven, or set VAULT_PLATFORM_KAFKA to the folder of an existing Kafka',
      },
    ]);
  });

  test('a repository that does not have it: the last lines of Maven', async () => {
    world.program('mvn', 'echo "[ERROR] Could not find artifact org.apache.kafka:kafka_2.13:jar:4.1.2"; exit 1');
    expect((await failureOf(findKafka(world.context()))).problems[0]).toMatchObject({
      message: 'downloading Kafka 4.1.2 with Maven failed',
      given: '[ERROR] Could not find artifact org.apache.kafka:kafka_2.13:jar:4.1.2',
    });
  });

  test('other jars than the pinned ones: each is reported, and nothing is installed', async () => {
    const [changed = '', ...missing] = Object.keys(kafkaJars);
    const script = `for last; do :; done; libs=\${last#-DoutputDirectory=}; echo evil > "$libs/${changed}"; echo > "$libs/more.jar"`;
    world.program('mvn', script);
    const { problems } = await failureOf(findKafka(world.context()));
    expect(problems).toHaveLength(missing.length + 2);
    expect(problems[0]).toMatchObject({
      message: `the Kafka 4.1.2 that was downloaded has the wrong content: ${changed}`,
      given: expect.stringMatching(/^sha256 [0-9a-f]{64}$/) as string,
      allowed: `sha256 ${kafkaJars[changed] ?? ''}`,
    });
    const saidOf = (jar: string): unknown => problems.find(({ message }) => message.endsWith(`: ${jar}`));
    expect(saidOf('more.jar')).toMatchObject({ allowed: 'no such file' });
    expect(saidOf(missing[0] ?? '')).toMatchObject({ given: 'no such file' });
    expect(readdirSync(path.join(world.cache, 'kafka', '4.1.2'))).toEqual([]);
  });
});
