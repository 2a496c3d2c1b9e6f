import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { childEnvironment, childFailed, run } from '../../../local/toolbox/children';
import { type Context, variable } from '../../../local/toolbox/context';
import { find, type Wanted } from '../../../local/toolbox/find';
import { install } from '../../../local/toolbox/install';
import type { Program } from '../../../local/toolbox/program';
import { compareVersions } from '../../../local/toolbox/version';
import { PlatformError } from '../../../model/errors';
import { kafkaJars } from './kafka-jars';
import type { KafkaProgram } from './kafka-program';

const version = '4.1.2';
const oldest = '4.1';
const below = '5';
const kafkaVariable = 'VAULT_PLATFORM_KAFKA';

const wantedJava: Wanted = {
  variable: 'VAULT_PLATFORM_JAVA',
  commands: ['java'],
  versionArguments: ['--version'],
  products: [{ name: 'Java', pattern: /^(?:java|openjdk) (\d[^\s]*)/m, oldest: '17' }],
};

/** The version of the plugin is pinned, because otherwise it depends on the version of Maven. */
const copyJars = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/**
 * Finds Kafka by its variable, or else downloads its jars with Maven. Java is never installed.
 *
 * @throws PlatformError `toolbox`
 */
export async function findKafka(context: Context): Promise<KafkaProgram> {
  const java = await find(wantedJava, context.environment, context.progress);
  if (java === undefined) {
    throw new PlatformError('toolbox', [
      {
        message: 'Java 17 or newer is required to run Kafka and is not on PATH',
        fix: `install it (on Debian: openjdk-17-jre-headless), or set ${wantedJava.variable} to one`,
      },
    ]);
  }
  const named = variable(context.environment, kafkaVariable);
  return named === undefined ? await installed(java, context) : await fromVariable(java, path.resolve(named));
}

async function installed(java: Program, context: Context): Promise<KafkaProgram> {
  const { directory, origin } = await install(
    {
      name: 'Kafka',
      version,
      folder: path.join(context.cacheDirectory, 'kafka', version),
      // The jars contain the files of all platforms.
      platform: 'any',
      spaceBytes: 120e6,
      build: (folder) => fetchJars(folder, context),
    },
    context.progress,
  );
  return { name: 'Kafka', version, path: java.path, origin, libs: path.join(directory, 'libs') };
}

/** Kafka in the folder of a distribution, or in its folder with the jars. */
async function fromVariable(java: Program, named: string): Promise<KafkaProgram> {
  for (const libs of [named, path.join(named, 'libs')]) {
    const files = await readdir(libs).catch(() => []);
    const found = files
      .map((file) => /^kafka_2\.\d+-(\d[\d.]*)\.jar$/.exec(file)?.[1])
      .find((one) => one !== undefined);
    if (found === undefined) continue;
    if (compareVersions(found, oldest) >= 0 && compareVersions(found, below) < 0) {
      return { name: 'Kafka', version: found, path: java.path, origin: 'environment', libs };
    }
    throw unusable(`it is Kafka ${found}`, named);
  }
  throw unusable('it contains no jar of a Kafka server', named);
}

const unusable = (reason: string, given: string): PlatformError =>
  new PlatformError('toolbox', [
    {
      message: `${kafkaVariable} cannot be used: ${reason}`,
      given,
      allowed: `the folder of Kafka ${oldest} or newer (older than ${below}), or its libs`,
      fix: `correct ${kafkaVariable}, or unset it to let Kafka be installed`,
    },
  ]);

async function fetchJars(directory: string, context: Context): Promise<void> {
  const project = path.join(directory, 'pom.xml');
  const libs = path.join(directory, 'libs');
  await mkdir(libs);
  await writeFile(project, projectFile);
  context.progress(`downloading Kafka ${version} (44 MB)`);
  const outcome = await run({
    command: 'mvn',
    args: ['-B', '-q', '-f', project, copyJars, '-DincludeScope=runtime', `-DoutputDirectory=${libs}`],
    environment: { ...childEnvironment(context.environment), ...mavenVariables(context.environment) },
    directory,
  });
  if (!outcome.ok && outcome.missing) {
    throw new PlatformError('toolbox', [
      {
        message: `mvn is required to install Kafka ${version} and is not on PATH`,
        fix: `install Maven, or set ${kafkaVariable} to the folder of an existing Kafka`,
      },
    ]);
  }
  if (!outcome.ok) {
    const fix = `make org.apache.kafka:kafka_2.13 ${version} available to Maven, or set ${kafkaVariable}`;
    throw childFailed(`downloading Kafka ${version} with Maven`, outcome, fix);
  }
  await checkJars(libs);
  await rm(project);
}

/** Verifies that there are exactly the pinned jars, because all jars in the folder are on the class path. */
async function checkJars(libs: string): Promise<void> {
  const files = await readdir(libs);
  const actual = new Map<string, string>();
  for (const file of files) {
    actual.set(
      file,
      createHash('sha256')
        .update(await readFile(path.join(libs, file)))
        .digest('hex'),
    );
  }
  const names = [...new Set([...Object.keys(kafkaJars), ...files])].sort();
  const wrong = names.filter((name) => actual.get(name) !== kafkaJars[name]);
  if (wrong.length === 0) return;
  throw new PlatformError(
    'toolbox',
    wrong.map((name) => ({
      message: `the Kafka ${version} that was downloaded has the wrong content: ${name}`,
      given: actual.has(name) ? `sha256 ${actual.get(name) ?? ''}` : 'no such file',
      allowed: kafkaJars[name] === undefined ? 'no such file' : `sha256 ${kafkaJars[name]}`,
      fix: `check what the Maven repository serves, and do not use that file; or set ${kafkaVariable}`,
    })),
  );
}

/** The variables with the Java and the proxy settings of Maven. */
function mavenVariables(environment: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['JAVA_HOME', 'MAVEN_OPTS', 'MAVEN_ARGS'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = variable(environment, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

interface Dependency {
  readonly artifact: string;
  readonly version: string;
  readonly without?: readonly string[];
}

const dependency = ({ artifact, version: wanted, without = [] }: Dependency): string => {
  const coordinates = (name: string): string => {
    const [group, id] = name.split(':');
    return `<groupId>${group ?? ''}</groupId><artifactId>${id ?? ''}</artifactId>`;
  };
  const exclusions = without.map((name) => `<exclusion>${coordinates(name)}</exclusion>`).join('');
  return `<dependency>${coordinates(artifact)}<version>${wanted}</version><exclusions>${exclusions}</exclusions></dependency>`;
};

/** The server, its command line tools without the dependencies of Kafka Connect, and a logger that writes to standard error. */
const projectFile = [
  '<project xmlns="http://maven.apache.org/POM/4.0.0">',
  '<modelVersion>4.0.0</modelVersion>',
  '<groupId>local</groupId><artifactId>kafka</artifactId><version>1</version><packaging>pom</packaging>',
  '<dependencies>',
  dependency({ artifact: 'org.apache.kafka:kafka_2.13', version }),
  dependency({
    artifact: 'org.apache.kafka:kafka-tools',
    version,
    without: ['connect-api', 'connect-json', 'connect-runtime'].map((name) => `org.apache.kafka:${name}`),
  }),
  dependency({ artifact: 'org.slf4j:slf4j-simple', version: '1.7.36' }),
  '</dependencies>',
  '</project>',
  '',
].join('\n');
