import { AuditRequestHeader } from '@cdktf/provider-vault/lib/audit-request-header';
import { Construct } from 'constructs';

export interface AuditedHeaderProps {
  /** Name of the header; case does not matter. */
  readonly headerName: string;
}

/**
 * A header of requests that the audit log shows, always hashed: equal values can be told to be equal, and nothing else.
 *
 * @see https://openbao.org/api-docs/system/config-auditing/
 */
export class AuditedHeader extends Construct {
  constructor(scope: Construct, id: string, { headerName }: AuditedHeaderProps) {
    super(scope, id);
    new AuditRequestHeader(this, 'Resource', { name: headerName, hmac: true });
  }
}
