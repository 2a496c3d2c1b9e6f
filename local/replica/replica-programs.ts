import type { Dialect } from '../../model/dialect';
import type { PostgresqlProgram, Program, Progress, Providers } from '../toolbox/program';
import type { Toolbox } from '../toolbox/toolbox';
import type { ReplicaStep } from './step';

interface Programs {
  readonly server: Program;
  readonly postgresql: PostgresqlProgram;
  readonly terraform: Program;
  readonly providers: Providers;
}

/** The programs of a replica. */
export class ReplicaPrograms {
  private known: Partial<Programs> = {};

  constructor(
    private readonly toolbox: Toolbox,
    private readonly dialect: Dialect,
  ) {}

  /** Finds each, or installs it. */
  public steps(): ReplicaStep[] {
    const { toolbox, dialect } = this;
    const find = <K extends keyof Programs>(
      title: string,
      key: K,
      look: (progress: Progress) => Promise<Programs[K]>,
      describe: (found: Programs[K]) => string,
    ): ReplicaStep => ({
      title,
      run: async (progress) => {
        const found = await look(progress);
        this.known = { ...this.known, [key]: found };
        return { text: describe(found), changed: false };
      },
    });
    const version = ({ name, version, origin }: Program): string => `${name} ${version} (${origin})`;
    return [
      find('Server', 'server', (progress) => toolbox.server(dialect, progress), version),
      find('PostgreSQL', 'postgresql', (progress) => toolbox.postgresql(progress), version),
      find('Terraform', 'terraform', (progress) => toolbox.terraform(progress), version),
      find(
        'Provider',
        'providers',
        (progress) => toolbox.providers(progress),
        ({ description }) => description,
      ),
    ];
  }

  /** One that the steps found. */
  public found<K extends keyof Programs>(key: K): Programs[K] {
    const program = this.known[key];
    if (program === undefined) throw new Error(`${key} is asked for before it was looked for`);
    return program;
  }
}
