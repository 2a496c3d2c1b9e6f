import { LocalBackend, S3Backend, TerraformElement, TerraformStack } from 'cdktf';
import type { Construct, Node } from 'constructs';

import type { StateBackend } from '../model/cluster/state';
import { resolveOnce, type Json } from './resolve-once';

/** The first version of Terraform and OpenTofu with native S3 locking. */
const terraformVersions = '>= 1.10';

/** A provider and its version range, of which both ends were tested. */
export interface ProviderRange {
  readonly name: string;
  readonly versions: string;
}

/** Base class of all stacks: state backend, required versions, resource addresses, and fast rendering of the JSON. */
export abstract class BaseStack extends TerraformStack {
  private readonly overrides: Json[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly state: StateBackend,
    provider: ProviderRange,
  ) {
    super(scope, id);
    this.addOverride('terraform.required_version', terraformVersions);
    this.addOverride(`terraform.required_providers.${provider.name}.version`, provider.versions);
    this.addBackend(id);
  }

  /**
   * Stacks refer to each other by name, never by remote state, so there is nothing to prepare. cdktf would resolve every element here to find
   * references between stacks, which takes a third of the time of a synthesis.
   */
  public override prepareStack(): void {
    return;
  }

  /** Also stores the override here, because {@link toTerraform} cannot read the parent's private field. */
  public override addOverride(path: string, value: unknown): void {
    super.addOverride(path, value);
    const keys = path.split('.');
    this.overrides.push(keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Json);
  }

  public override toTerraform(): Json {
    const metadata = {
      version: this.node.tryGetContext('cdktfVersion') as string,
      stackName: this.node.id,
      backend: this.state.backend,
      overrides: { stack: [...new Set(this.overrides.flatMap(Object.keys))] },
    };
    return resolveOnce(this, { metadata, outputs: {} }, this.overrides);
  }

  /**
   * Readable addresses in a plan: `vault_policy.checkout_ro`, not `vault_policy.checkout_ro_34C3BA51`. Ids contain no underscore, so joining
   * them with one is unambiguous.
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const ids: string[] = [];
    let node: Node | undefined = TerraformElement.isTerraformElement(element) ? element.node : element;
    for (; node !== undefined && node !== this.node; node = node.scope?.node) {
      if (node.id !== 'Resource') ids.push(node.id);
    }
    return ids.reverse().join('_');
  }

  private addBackend(id: string): void {
    const { state } = this;
    switch (state.backend) {
      case 'local':
        // Relative to cdktf.out/stacks/<stack>, so that it is outside of that folder and equal on every machine.
        new LocalBackend(this, { path: `../../../${id}.tfstate` });
        break;
      case 's3':
        new S3Backend(this, {
          bucket: state.bucket,
          key: `${id}.tfstate`,
          region: state.region,
          encrypt: true,
          ...(state.kmsKeyId !== undefined && { kmsKeyId: state.kmsKeyId }),
        });
        // Native S3 locking; cdktf 0.21 does not have the argument.
        this.addOverride('terraform.backend.s3.use_lockfile', true);
        break;
    }
  }
}
