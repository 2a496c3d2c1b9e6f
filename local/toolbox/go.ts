import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { PlatformError } from '../../model/errors';
import { childEnvironment, childFailed, run } from './children';
import { type Context, variable } from './context';
import { withProgress } from './install';
import { compareVersions } from './version';

/** The source of a program: a Go module at a pinned version. */
export interface GoSource {
  /** For people, for example `Vault 1.21.1`. */
  readonly title: string;
  readonly module: string;
  /** Version of the module, with its `v`. */
  readonly version: string;
  /** Checksum of the module, as `go mod download -json` gives it. */
  readonly sum: string;
  /** Whether the module is missing in the checksum database, so that only {@link sum} verifies it. @default false */
  readonly notInChecksumDatabase?: boolean;
  /** Import path of the main package. @default - the module itself */
  readonly package?: string;
  /** Source of another main package, which imports the module. @default - the main package of the module */
  readonly main?: string;
  /** The oldest Go that builds it. */
  readonly oldestGo: string;
  /** Lines of the module's own go.mod that Go heeds in the main module only: its `replace` and `godebug`. @default - none */
  readonly goMod?: readonly string[];
  /** Given to the linker besides `-s -w`. @default - nothing */
  readonly linkerFlags?: string;
  /** Leaves C out: fewer packages to compile, and no compiler of C or library of the system that it depends on. @default false */
  readonly withoutC?: boolean;
  /** The variable that names an existing program. */
  readonly variable: string;
  /** Alternative to building, for example `put Vault 1.21 on PATH`. */
  readonly alternative: string;
}

/**
 * Builds a Go program from its module. A small module of our own requires it, because `go install` refuses one with
 * `replace` lines. The checksum of the module is the pinned one; those of its dependencies follow from its go.mod, and
 * Go checks them against the checksum database.
 *
 * @param file - absolute path of the executable to make
 * @throws PlatformError (toolbox) without Go, with one too old, or where the module cannot be had or is not the pinned one
 */
export async function buildGoProgram(source: GoSource, file: string, context: Context): Promise<void> {
  const { title, module, version } = source;
  const work = path.join(path.dirname(file), 'work');
  await mkdir(work);
  await requireGo(source, work, context);
  context.progress(`downloading the source of ${title}`);
  await download(source, work, context);

  await writeFile(path.join(work, 'go.mod'), goModOf(source));
  if (source.main !== undefined) await writeFile(path.join(work, 'main.go'), source.main);
  let packages = 0;
  context.progress(`building ${title}: this takes a few minutes, once`);
  const outcome = await withProgress(
    context.progress,
    () => `building ${title}: ${packages} packages so far`,
    () =>
      run({
        command: 'go',
        args: [
          ...['build', '-v', '-ldflags', `-s -w ${source.linkerFlags ?? ''}`.trim()],
          ...['-o', file, source.main === undefined ? (source.package ?? module) : '.'],
        ],
        environment: { ...goEnvironment(source, context), GOFLAGS: '-mod=mod -buildvcs=false' },
        directory: work,
        onLine: (line) => {
          if (!line.startsWith('go: ')) packages += 1;
        },
      }),
  );
  if (!outcome.ok) throw childFailed(`building ${title} from ${module} ${version}`, outcome, fixWith(source));
  await rm(work, { recursive: true });
}

const fixWith = (source: GoSource): string =>
  `make the Go modules it needs available (GOPROXY), or ${source.alternative}`;

function goModOf({ module, version, oldestGo, goMod = [] }: GoSource): string {
  return ['module toolbox', `go ${oldestGo}`, `require ${module} ${version}`, ...goMod, ''].join('\n\n');
}

/** For this machine, with the Go that is here, whatever the user's own settings say about other builds. */
function goEnvironment(
  { notInChecksumDatabase, module, withoutC }: GoSource,
  context: Context,
): Record<string, string> {
  const environment = childEnvironment(context.environment);
  for (const name of ['GOOS', 'GOARCH', 'GOBIN']) delete environment[name];
  const exempt = [variable(context.environment, 'GONOSUMDB'), notInChecksumDatabase === true ? module : undefined];
  return {
    ...environment,
    GO111MODULE: 'on',
    GOFLAGS: '',
    GONOSUMDB: exempt.filter((entry) => entry !== undefined).join(','),
    GOTOOLCHAIN: 'local',
    GOWORK: 'off',
    ...(withoutC === true && { CGO_ENABLED: '0' }),
  };
}

async function requireGo(source: GoSource, directory: string, context: Context): Promise<void> {
  const outcome = await run({
    command: 'go',
    args: ['version'],
    environment: goEnvironment(source, context),
    directory,
  });
  const given = outcome.ok ? /\bgo(\d+\.\d+(\.\d+)?)/.exec(outcome.output)?.[1] : undefined;
  if (given !== undefined && compareVersions(given, source.oldestGo) >= 0) return;
  throw new PlatformError('toolbox', [
    {
      message: `Go is required to build ${source.title} and ${given === undefined ? 'is not on PATH' : 'this version is too old'}`,
      ...(given === undefined ? {} : { given: `Go ${given}` }),
      allowed: `Go ${source.oldestGo} or newer`,
      fix: `install Go, or ${source.alternative}`,
    },
  ]);
}

async function download(source: GoSource, directory: string, context: Context): Promise<void> {
  const { title, module, version, sum } = source;
  const outcome = await run({
    command: 'go',
    args: ['mod', 'download', '-json', `${module}@${version}`],
    environment: goEnvironment(source, context),
    directory,
  });
  if (!outcome.ok) {
    // Go puts its reason into the answer, between what else it knows about the module.
    const reasons = outcome.lines.flatMap((line) => /^\s*"Error": "(.*)"/.exec(line)?.[1] ?? []);
    const lines = reasons.length > 0 ? reasons : outcome.lines;
    throw childFailed(`downloading the source of ${title}`, { ...outcome, lines }, fixWith(source));
  }
  const given = (JSON.parse(outcome.output) as { readonly Sum?: string }).Sum ?? 'none';
  if (given === sum) return;
  throw new PlatformError('toolbox', [
    {
      message: `the source of ${title} that was downloaded has the wrong checksum`,
      given: `${module} ${version} ${given}`,
      allowed: sum,
      fix: `check what GOPROXY serves, and do not use that module; or ${source.alternative}`,
    },
  ]);
}
