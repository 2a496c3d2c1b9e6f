import { AuditRequestHeader } from '@cdktf/provider-vault/lib/audit-request-header';
import { Construct } from 'constructs';

export interface AuditedHeaderProps {
  /** Name of the header, case-insensitive. */
  readonly headerName: string;
}

/**
 * A request header in the audit log. The log contains its HMAC only: equal values can be recognised, but not read.
 *
 * @see https://openbao.org/api-docs/system/config-auditing/
 */
export class AuditedHeader extends Construct {
  constructor(scope: Construct, id: string, { headerName }: AuditedHeaderProps) {
    super(scope, id);
    new AuditRequestHeader(this, 'Resource', { name: headerName, hmac: true });
  }
}
