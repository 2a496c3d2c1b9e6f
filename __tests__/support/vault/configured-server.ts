import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { ServerClient } from '../../../client/server-client';
import { serverConfiguration } from '../../../constructs/server/configuration';
import { Toolbox } from '../../../local/toolbox/toolbox';
import type { Dialect } from '../../../model/dialect';
import type { TestServer, TestServers } from '../processes/test-servers';

type Configuration = Parameters<typeof serverConfiguration>[0];

export interface ConfiguredServerProps {
  readonly dialect: Dialect;
  /** Storage, seal, audit. */
  readonly stanzas: Configuration['stanzas'];
  /** Also serves metrics, at another port. @default false */
  readonly withMetrics?: boolean;
  /** Variables besides HOME. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Changes the configuration before it is written, for example paths that a pod would have. @default - not changed */
  readonly edit?: (json: string) => string;
}

/** One server with the configuration that a deployment has, on this machine; with TLS, sealed and empty at first. */
export class ConfiguredServer {
  /** Writes its files. */
  public static async prepare(servers: TestServers, props: ConfiguredServerProps): Promise<ConfiguredServer> {
    const { dialect, stanzas, withMetrics = false, edit = (json) => json } = props;
    const certificate = await servers.certificate('127.0.0.1');
    const [port, clusterPort, metricsPort] = (await servers.ports(3)).map((free) => `127.0.0.1:${free}`) as [
      string,
      string,
      string,
    ];
    const configuration = serverConfiguration({
      dialect,
      clusterName: 'test',
      apiAddress: `https://${port}`,
      clusterAddress: `https://${clusterPort}`,
      listener: {
        address: port,
        clusterAddress: clusterPort,
        certificateFile: certificate.certificateFile,
        keyFile: certificate.keyFile,
      },
      ...(withMetrics && { metricsAddress: metricsPort }),
      stanzas,
    });
    writeFileSync(path.join(servers.directory, 'server.json'), edit(JSON.stringify(configuration)));
    const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
    const { path: program } = await toolbox.server(dialect, () => undefined);
    const client = new ServerClient({ addresses: [`https://${port}`], ca: certificate.ca });
    return new ConfiguredServer(servers, props, program, client, certificate.ca, `https://${metricsPort}`);
  }

  private server: TestServer | undefined;

  private constructor(
    private readonly servers: TestServers,
    private readonly props: ConfiguredServerProps,
    private readonly program: string,
    /** Without a token. */
    public readonly client: ServerClient,
    /** PEM of the authority of its certificate. */
    public readonly ca: string,
    /** Where metrics are, if they are served. */
    public readonly metricsAddress: string,
  ) {}

  /** Starts it, and waits until it answers. */
  public async start(): Promise<this> {
    this.server = await this.servers.start({
      name: 'server',
      command: this.program,
      args: ['server', `-config=${path.join(this.servers.directory, 'server.json')}`],
      environment: { HOME: this.servers.directory, ...this.props.environment },
    });
    await this.server.until('an answer', async () => (await this.client.health()).state !== 'down');
    return this;
  }

  public async becomes(state: string): Promise<void> {
    await this.server?.until(`to be ${state}`, async () => (await this.client.health()).state === state);
  }

  /** Initialises it with one key and unseals it. @returns with the root token */
  public async initialise(): Promise<ServerClient> {
    const shares = { secret_shares: 1, secret_threshold: 1 };
    const { keys_base64: keys, root_token: token } = await this.client.write('sys/init', shares);
    const root = this.client.with({ token: String(token) });
    await root.write('sys/unseal', { key: (keys as string[])[0] });
    await this.becomes('active');
    return root;
  }

  public async stop(): Promise<void> {
    await this.server?.stop();
  }
}
